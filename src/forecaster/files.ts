import { element } from './elements';

/** A field that takes a file, looking like a button. */
export function fileField(label: string, accept: string, take: (file: File) => void): Node {
  const input = element('input', { type: 'file', accept });
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    if (file) take(file);
    // the same file may be chosen once more
    input.value = '';
  });
  return element('label', { class: 'file' }, label, input);
}

/** A file may be dropped anywhere on the page. */
export function dropping(take: (file: File) => void): void {
  const over = (is: boolean) => document.body.classList.toggle('over', is);
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    over(true);
  });
  document.addEventListener('dragleave', () => over(false));
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    over(false);
    const [file] = event.dataTransfer?.files ?? [];
    if (file) take(file);
  });
}
