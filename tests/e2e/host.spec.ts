import { expect, test } from './host';

test('the window shows on the host that is there, and nothing goes wrong', async ({ host }) => {
  await expect(host.page.getByRole('button', { name: 'Open CSV' }).first()).toBeVisible();
  expect(host.errors).toEqual([]);
});

test('the page reaches nothing of the machine', async ({ host }) => {
  const found = await host.page.evaluate(() => ({
    node: 'process' in globalThis || 'require' in globalThis,
    isolated: globalThis.isSecureContext,
  }));
  expect(found).toEqual({ node: false, isolated: true });
  const blocked = await host.page.evaluate(async () => {
    const violation = new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective));
    });
    document.body.append(Object.assign(document.createElement('script'), { textContent: 'globalThis.injected = 1' }));
    return [await violation, 'injected' in globalThis];
  });
  expect(blocked).toEqual(['script-src-elem', false]);
});
