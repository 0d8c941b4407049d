import { asView, type LabErrorView } from '../../core/errors';

/** Hosts refuse with plain views; anything else thrown is a bug and is shown as one. */
export function viewOf(thrown: unknown): LabErrorView {
  const coded = typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'facts' in thrown;
  return coded ? (thrown as LabErrorView) : asView(thrown);
}
