/** Colours of outcomes on a light and on a dark page: at least 4.5 to 1 against paper and ink. */
const tones = {
  light: "--ink:#1b1f24;--paper:#fff;--faint:#57606a;--edge:#8c959f;--panel:#f6f8fa;--tone-fail:#b3150f;--tone-warn:#8a5a00;--tone-unknown:#7333b5;--tone-pass:#1a7431;--tone-waived:#0b5fb0;--tone-none:#57606a",
  dark: "--ink:#e6edf3;--paper:#0d1117;--faint:#9ba4ae;--edge:#6e7681;--panel:#161b22;--tone-fail:#ff8078;--tone-warn:#e3b341;--tone-unknown:#cfa3ff;--tone-pass:#57c26a;--tone-waived:#79b8ff;--tone-none:#9ba4ae",
} as const;

const outcomeClasses = ["fail", "warn", "unknown", "pass", "waived", "none"] as const;

/**
 * The style of the drawings, map and time line, for a page that has no colours of its own under these names: `--ink`, `--paper`, `--faint`, `--edge`, `--panel`, `--tone-OUTCOME`.
 * An outcome is a shape and a kind of line before it is a colour, so that print and forced colours say the same.
 */
export const drawingColours = `:root{${tones.light}}@media (prefers-color-scheme:dark){:root{${tones.dark}}}`;

/** The style of map and time line over those colours. */
export const drawingStyle = `
${outcomeClasses.map((outcome) => `.is-${outcome}{--tone:var(--tone-${outcome})}`).join("")}.is-not-applicable{--tone:var(--tone-none)}
svg.map,svg.timeline{display:block;max-width:none;font-family:system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;background:var(--paper)}
svg.map text,svg.timeline text{fill:var(--ink)}
svg.map a:focus-visible,svg.timeline a:focus-visible{outline:3px solid var(--tone-waived);outline-offset:2px}
.mark-outline{fill:var(--tone)}.mark-sign{fill:none;stroke:var(--paper);stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.mark.is-not-applicable .mark-outline{fill:none;stroke:var(--tone);stroke-width:1.5}.mark.is-not-applicable .mark-sign{stroke:var(--tone)}
.map-frame rect{fill:var(--panel);stroke:var(--edge);stroke-width:1.5}
.map-frame-name text{font-size:14px;font-weight:600}
.map-box{fill:var(--paper);stroke:var(--tone,var(--edge));stroke-width:1.5}
.map-node.is-pass .map-box,.map-node.is-none .map-box,.map-node.is-not-applicable .map-box{stroke:var(--edge)}
.map-node.is-fail .map-box{stroke-width:3}.map-node.is-unknown .map-box{stroke-dasharray:6 4;stroke-width:2}.map-node.is-warn .map-box{stroke-width:2}
.map-stack{fill:none;stroke:var(--edge);stroke-width:1.5}
svg.map .map-kind{font-size:10px;fill:var(--faint);letter-spacing:.02em}.map-label{font-size:13px;font-weight:600}svg.map .map-detail{font-size:11px;fill:var(--faint)}
.map-line-path{fill:none;stroke:var(--edge);stroke-width:1.2}.map-arrow{fill:var(--edge)}.map-dot{fill:var(--edge)}
.map-line.is-fail .map-line-path{stroke:var(--tone);stroke-width:2.5}.map-line.is-warn .map-line-path{stroke:var(--tone);stroke-width:2;stroke-dasharray:10 3}.map-line.is-unknown .map-line-path{stroke:var(--tone);stroke-width:2;stroke-dasharray:3 4}
.map-line.is-fail .map-arrow,.map-line.is-warn .map-arrow,.map-line.is-unknown .map-arrow{fill:var(--tone)}
.map-trust .map-line-path{stroke-width:2}.map-line-name{font-size:12px}
svg.timeline{font-size:12px}
.timeline-ground{fill:transparent}svg.timeline a:hover .timeline-ground{fill:var(--panel)}
.timeline-bar{fill:none;stroke:var(--tone);stroke-width:7;stroke-linecap:butt}.timeline-row.is-pass .timeline-bar{stroke-opacity:.55}.timeline-row.is-warn .timeline-bar{stroke-dasharray:12 3}.timeline-row.is-fail .timeline-bar{stroke-width:3}
.timeline-end{fill:var(--tone);stroke:var(--tone);stroke-width:2}
svg.timeline .timeline-date{text-anchor:end}.timeline-tick path{stroke:var(--edge);stroke-width:1;stroke-dasharray:1 4}.timeline-tick text{text-anchor:middle;font-size:11px}svg.timeline .timeline-tick text,svg.timeline .timeline-note{fill:var(--faint)}
.timeline-today path{stroke:var(--ink);stroke-width:1.5;stroke-dasharray:6 3}.timeline-today text{text-anchor:middle;font-weight:600}
svg.map a:hover .map-box,svg.map a:hover .map-line-path{stroke-width:3.5}
`.trim();
