import './tokens.css';
import './base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { connect } from './connect';
import { Workspace } from './state/workspace.svelte';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');

const workspace = new Workspace(connect());
mount(App, { target, props: { workspace } });
void workspace.begin();
