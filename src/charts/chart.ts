/** Width, height and letters in units of the picture. */
export interface ChartSize {
  readonly width: number;
  readonly height: number;
  readonly fontSize: number;
}

/** A card on a page, read at about this width. */
export const CARD: ChartSize = { width: 360, height: 200, fontSize: 12 };
/** The preview of an image in a chat. */
export const IMAGE: ChartSize = { width: 1200, height: 630, fontSize: 34 };

/** Colours as SVG understands them. */
export interface ChartTheme {
  /** `none` leaves out what is behind the chart. */
  readonly background: string;
  readonly text: string;
  /** Labels of axes. */
  readonly muted: string;
  readonly grid: string;
  /** Where nothing was measured. */
  readonly gap: string;
  /** One per series, from the first on; they repeat. */
  readonly series: readonly [string, ...string[]];
}

export const LIGHT: ChartTheme = {
  background: '#ffffff',
  text: '#1c2127',
  muted: '#59636e',
  grid: '#dde1e6',
  gap: '#eff1f4',
  series: ['#2467d1', '#c4570c', '#0d7d72', '#8347cf', '#c0273c', '#66707a'],
};

export const DARK: ChartTheme = {
  background: '#15191f',
  text: '#e8ebef',
  muted: '#a0a9b4',
  grid: '#323942',
  gap: '#1f252d',
  series: ['#6ea6ff', '#f2994a', '#3fc4b4', '#b892f5', '#ff7a85', '#9aa4af'],
};

/** What every chart needs to know. */
export interface ChartOptions {
  /** What is shown, in a few words, in `language`. */
  readonly title: string;
  /** Whether the title is drawn, too: where no heading stands above the picture. */
  readonly showsTitle?: boolean;
  /** What the picture says, in a sentence, for those who can't see it. */
  readonly description?: string;
  /** Stands where there is nothing to show. */
  readonly emptyText: string;
  /** IETF tag for numbers and dates, such as `en-GB`. */
  readonly language: string;
  readonly size: ChartSize;
  readonly theme: ChartTheme;
  /** Default: `system-ui, sans-serif`. */
  readonly fontFamily?: string;
}

/** Larger numbers are drawn as this, so that sums and axes stay finite. */
const MAX_VALUE = 1e200;

/** A value as it's drawn: `undefined` if it is no number. There are no negative ones. */
export const drawable = (value: number | undefined): number | undefined =>
  value === undefined || !Number.isFinite(value) ? undefined : Math.min(Math.max(value, 0), MAX_VALUE);
