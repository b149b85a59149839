/**
 * A row that scrolls sideways where it has no room: its style is told on which sides there is more, and what is open
 * is in view.
 */
export interface Strip {
  /** Brings what is open into view, or the beginning where nothing is. */
  reveal(): void;
}

export function createStrip(element: HTMLElement): Strip {
  const look = (): void => {
    const before = Math.round(element.scrollLeft);
    const after = element.scrollWidth - element.clientWidth - before;
    element.classList.toggle('more-before', before > 0);
    element.classList.toggle('more-after', after > 0);
  };
  const reveal = (): void => {
    const open = element.querySelector('.open');
    if (open) open.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    else element.scrollLeft = 0;
    look();
  };
  element.addEventListener('scroll', look, { passive: true });
  // Hidden behind a tab it has no width, and nothing in it can be in view.
  new ResizeObserver(reveal).observe(element);
  new MutationObserver(look).observe(element, { childList: true });
  return { reveal };
}
