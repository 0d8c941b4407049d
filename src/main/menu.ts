import type { MenuVerb, RecentFile } from '../core/protocol';

/** The application's menu as a template: plain data, so that it can be looked at without Electron. */
export interface MenuEntry {
  label?: string;
  role?: 'appMenu' | 'close' | 'quit' | 'editMenu' | 'viewMenu' | 'windowMenu' | 'help';
  type?: 'separator';
  accelerator?: string;
  enabled?: boolean;
  submenu?: MenuEntry[];
  click?: () => void;
}

export function menuTemplate(
  recents: RecentFile[],
  tell: (verb: MenuVerb) => void,
  platform: NodeJS.Platform = process.platform,
): MenuEntry[] {
  const recent = recents.map(({ id, name, here }): MenuEntry => {
    // a single & marks the key of an entry
    return { label: name.replaceAll('&', '&&'), enabled: here, click: () => tell({ verb: 'recent', id }) };
  });
  return [
    ...(platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        { label: 'Open CSV…', accelerator: 'CmdOrCtrl+O', click: () => tell({ verb: 'open' }) },
        { label: 'Open Recent', enabled: recent.length > 0, submenu: recent },
        { type: 'separator' },
        { role: platform === 'darwin' ? 'close' : 'quit' },
      ],
    },
    { role: 'editMenu' },
    { role: 'viewMenu' },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        { label: 'Glossary', click: () => tell({ verb: 'glossary' }) },
        { label: 'Keyboard Shortcuts', click: () => tell({ verb: 'shortcuts' }) },
      ],
    },
  ];
}
