/** The script of the golden page: the filter, and spoilers that can be revealed. */

const input = document.querySelector<HTMLInputElement>('#filter');
const count = document.querySelector('#count');
const named = [...document.querySelectorAll<HTMLElement>('[data-name]')];

function filter(): void {
  const words = (input?.value ?? '').toLowerCase().split(/\s+/u).filter(Boolean);
  for (const element of named)
    element.hidden = !words.every((word) => element.dataset['name']?.includes(word));
  const shown = named.filter(({ hidden, tagName }) => !hidden && tagName === 'SECTION').length;
  if (count) count.textContent = `${shown} case${shown === 1 ? '' : 's'}`;
}

input?.addEventListener('input', filter);
// When the user navigates back, the browser restores the input.
filter();

document.addEventListener('click', ({ target }) => {
  if (!(target instanceof Element)) return;
  target.closest('[data-act="unveil"], [data-act="unfold"]')?.classList.toggle('open');
});

document.querySelector('#unveil')?.addEventListener('click', () => {
  const covers = [...document.querySelectorAll('[data-act="unveil"], [data-act="unfold"]')];
  const open = covers.some((cover) => !cover.classList.contains('open'));
  for (const cover of covers) cover.classList.toggle('open', open);
});
