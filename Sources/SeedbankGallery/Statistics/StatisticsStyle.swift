/// The style of the page of statistics, for light and dark mode.
enum StatisticsStyle {
  static let text = """
    :root {
      --paper: #f6f5f0; --card: #fffefb; --ink: #20261f; --soft: #6a7267; --line: #e3e2d9;
      --count: #2f7d5b; --bytes: #c1851c; --tokens: #4a6fae;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #141815; --card: #1c211d; --ink: #e6e9e2; --soft: #949c91; --line: #2d342e;
        --count: #56b389; --bytes: #dba544; --tokens: #7f9fd8;
      }
    }
    * { box-sizing: border-box; margin: 0; }
    body {
      background: var(--paper); color: var(--ink); line-height: 1.45;
      font: 15px/1.45 system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif;
    }
    header, main { max-width: 1080px; margin: auto; padding: 0 20px; }
    header { padding-top: 36px; padding-bottom: 20px; }
    h1 { font-size: 26px; font-weight: 650; letter-spacing: -0.01em; }
    header p, .aside { color: var(--soft); }
    main { padding-bottom: 48px; }
    section, main > .aside { margin-top: 16px; }
    .columns { columns: 2 400px; column-gap: 16px; }
    .columns section { break-inside: avoid; margin-top: 0; margin-bottom: 16px; }
    .wide:last-of-type { margin-bottom: 16px; }
    .tiles { display: grid; gap: 12px; grid-template-columns: repeat(auto-fit, minmax(max(110px, 22%), 1fr)); }
    .tiles div, section {
      background: var(--card); border: 1px solid var(--line); border-radius: 10px;
      padding: 16px 18px;
    }
    .tiles div { display: flex; flex-direction: column; }
    dd { font-size: 26px; font-weight: 650; letter-spacing: -0.02em; }
    dt, .aside { font-size: 13px; color: var(--soft); }
    h2 { font-size: 15px; font-weight: 600; margin-bottom: 12px; }
    .count { --hue: var(--count); }
    .bytes { --hue: var(--bytes); }
    .tokens { --hue: var(--tokens); }
    svg { display: block; width: 100%; }
    .chart { display: flex; }
    .chart .marks { flex: none; width: 60px; }
    .chart .columns { flex: 1; min-width: 0; overflow: visible; }
    rect { fill: var(--hue); }
    g:hover rect { opacity: 0.75; }
    line { stroke: var(--line); }
    text { fill: var(--soft); font-size: 12px; font-variant-numeric: tabular-nums; }
    .end { text-anchor: end; }
    .middle { text-anchor: middle; }
    table { width: 100%; border-collapse: collapse; table-layout: fixed; }
    th, td { padding: 3px 0; vertical-align: middle; }
    th {
      width: 50%; padding-right: 12px; font-weight: 400; text-align: left; overflow: hidden;
      text-overflow: ellipsis; white-space: nowrap;
    }
    td svg { height: 12px; }
    .number {
      width: 76px; padding-left: 12px; text-align: right; font-variant-numeric: tabular-nums;
    }
    @media (max-width: 700px) {
      header, main { padding-inline: 12px; }
      .wide-only { display: none; }
      .columns { columns: 1; }
      th { width: 42%; }
      .tiles div, section { padding: 12px; }
    }
    @media print { body { background: none; } .wide, .tiles div { break-inside: avoid; } }

    """
}
