import { inflateRawSync } from "node:zlib";
import type { CardDetail, HeadBlock } from "../../src/report/html/card.ts";
import type { PageData } from "../../src/report/html/page-data.ts";

/** An HTML report, taken apart. */
export interface HtmlPage {
  readonly text: string;
  readonly policy: string;
  readonly style: string;
  readonly script: string;
  /** What stands between head and data. */
  readonly visible: string;
  readonly data: PageData;
  readonly heads: readonly HeadBlock[];
  readonly details: readonly (readonly CardDetail[])[];
}

/** Takes an HTML report apart; fails where it does not look like one. */
export function htmlPage(text: string): HtmlPage {
  const one = (pattern: RegExp): string => {
    const found = pattern.exec(text)?.[1];
    if (found === undefined) throw new Error(`no ${pattern}`);
    return found;
  };
  const packed = (name: string): readonly unknown[] => [...text.matchAll(new RegExp(`<script type="text/plain" class="${name}">([A-Za-z0-9+/=]*)</script>`, "g"))].map((match) => JSON.parse(inflateRawSync(Buffer.from(match[1] ?? "", "base64")).toString()) as unknown);
  return {
    text,
    policy: one(/http-equiv="Content-Security-Policy" content="([^"]*)"/),
    style: one(/<style>([\s\S]*?)<\/style>/),
    script: one(/<script>([\s\S]*?)<\/script>/),
    visible: one(/<body>([\s\S]*?)<script type="application\/json"/),
    data: JSON.parse(one(/<script type="application\/json" id="data">([\s\S]*?)<\/script>/)) as PageData,
    heads: packed("heads") as readonly HeadBlock[],
    details: packed("details") as readonly (readonly CardDetail[])[],
  };
}
