/** Characters from which a browser's own insertion, which takes the square of the lines, would be felt. */
const long = 20_000;

/** A long text goes into the field at once: line by line some thousand rows hold the page for many seconds. */
export function pasteAtOnce(field: HTMLTextAreaElement): void {
  field.addEventListener('paste', (event) => {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (text.length < long) return;
    event.preventDefault();
    field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
    field.dispatchEvent(new Event('input'));
  });
}
