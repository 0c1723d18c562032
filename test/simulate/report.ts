import { DOMParser } from "@xmldom/xmldom";
import { expect } from "chai";

import { casesOf } from "../../simulate/cases.ts";
import { toCohortCsv, toCsv } from "../../simulate/csv.ts";
import { percent, short } from "../../simulate/report/charts.ts";
import { toHtml } from "../../simulate/report/page.ts";
import { verdictOf } from "../../simulate/report/verdict.ts";
import { play } from "../../simulate/run.ts";
import { loadScenario } from "../../simulate/scenario.ts";
import { summarise } from "../../simulate/summary.ts";

const scenario = await loadScenario(new URL("scenarios/small.json5", import.meta.url));
const cases = casesOf(scenario).map((course) => play(scenario, course));

describe("toHtml", () => {
  const html = toHtml(cases);

  it("needs nothing but itself", () => {
    expect(html).not.to.match(/<script|<link|<img|<iframe|@import|url\((?!#)|\bon[a-z]+=/);
    // What an address may stand for here is a namespace.
    const addresses = [...html.matchAll(/https?:\/\/[^"'\s<)]+/g)].map(([address]) => address);
    expect(addresses.filter((address) => !address.startsWith("http://www.w3.org/"))).to.deep.equal([]);
  });

  it("draws charts that are well-formed, named, and coloured by the page", () => {
    const drawings = html.match(/<svg[\s\S]*?<\/svg>/g) ?? [];
    expect(drawings.length).to.be.at.least(8);
    for (const drawing of drawings) {
      const document = new DOMParser().parseFromString(drawing, "image/svg+xml");
      const root = document.documentElement;
      expect(root?.getAttribute("role")).to.equal("img");
      expect(root?.getAttribute("aria-label")).to.equal(root?.getElementsByTagName("title")[0]?.textContent);
      expect(drawing).to.include("var(--");
      expect(drawing).not.to.match(/#0a0[bc]0/);
      expect(drawing).not.to.include("NaN");
    }
  });

  it("draws each chart for a telephone too, with letters of at least 10 pixels at 390", () => {
    const narrow = [...html.matchAll(/<div class="narrow"><svg[^>]*viewBox="0 0 (\d+) \d+"[\s\S]*?<\/svg>/g)];
    expect(narrow).to.have.length([...html.matchAll(/<div class="wide"><svg/g)].length);
    expect(narrow).not.to.have.length(0);
    const inner = 390 - 2 * (12 + 1 + 12); // page, border and figure
    for (const [drawing, width] of narrow) {
      const sizes = [...drawing.matchAll(/font-size[:=]"?(\d+)/g)].map(([, size]) => Number(size));
      expect((Math.min(...sizes) * inner) / Number(width)).to.be.at.least(10);
    }
  });

  it("has a table with a caption and headings beside the charts", () => {
    const tables = html.match(/<table>[\s\S]*?<\/table>/g) ?? [];
    expect(tables.length).to.be.at.least(8);
    for (const one of tables) expect(one).to.match(/<caption>[^<]+<\/caption>.*scope="col".*scope="row"/);
    for (const caption of ["By pool and term", "By month of entry"]) expect(html).to.include(`<caption>${caption}`);
    for (const { title } of cases.map(({ course }) => course)) expect(html).to.include(title);
  });

  it("writes what a person wrote as text", () => {
    const hostile = { ...scenario, title: `<b onclick="x">&'`, description: "</style><script>" };
    const written = toHtml([play(hostile)]);
    expect(written).to.include("&lt;b onclick=&quot;x&quot;&gt;&amp;&#39;");
    expect(written).not.to.match(/<script|<b /);
  });
});

describe("verdict", () => {
  const base = summarise(play(scenario));
  const dry = (name: string) => ({ name, left: 0n, token: "TSK", state: "ran dry" as const, date: "2027-03-01" });
  const fine = { name: "Weekly", left: 1n, token: "TSK", state: "ends as planned" as const, date: "2028-01-01" };
  const pool = base.pools.find(({ runway }) => runway !== undefined);

  it("of a stream that ends says who earns less, and turns nobody away", () => {
    const { good, title, text } = verdictOf({ ...base, pools: [], schedules: [dry("Weekly")], turnedAway: 0 });
    expect([good, title]).to.deep.equal([false, "A reward stream runs out."]);
    expect(text).to.match(
      /^The money of Weekly runs out on 2027-03-01\. Nobody is turned away .* earns less from then on\.$/,
    );
  });

  it("of a budget that ends says who was turned away, and keeps every promise", () => {
    if (pool === undefined) throw new Error("The scenario has no budget");
    const pools = [{ ...pool, budget: 1n, runway: dry("Fixed") }];
    const { title, text } = verdictOf({ ...base, pools, schedules: [fine], turnedAway: 7 });
    expect(title).to.equal("A budget runs out.");
    expect(text).to.include("7 stakers were turned away").and.not.to.include("earns less");
    const nobody = verdictOf({ ...base, pools, schedules: [fine], turnedAway: 0 });
    expect(nobody.text)
      .to.include("nobody wanted one since")
      .and.not.to.match(/\b0 stakers/);
  });

  it("of money that lasts is good", () => {
    expect(verdictOf({ ...base, pools: [], schedules: [fine] }).good).to.equal(true);
  });
});

describe("toCsv", () => {
  it("has a row for each case, pool and day, to the last decimal", () => {
    const [head = "", ...rows] = toCsv(cases).trimEnd().split("\n");
    expect(rows).to.have.lengthOf(cases.length * Object.keys(cases[0]?.pools ?? {}).length * (scenario.days + 1));
    expect(head.split(",").slice(0, 5)).to.deep.equal(["case", "day", "date", "pool", "staking_token"]);
    for (const row of rows) expect(row.split(",")).to.have.lengthOf(head.split(",").length);
    expect(rows[0]).to.match(/^base,0,2027-01-05,/);
  });
});

describe("toCohortCsv", () => {
  it("has a row for each case and cohort, term and month of entry", () => {
    const [head = "", ...rows] = toCohortCsv(cases).trimEnd().split("\n");
    const columns = head.split(",");
    expect(columns.slice(0, 4)).to.deep.equal(["case", "by", "name", "pool"]);
    for (const column of [
      "net_apr",
      "net_apy",
      "result_in_tokens_middle",
      "result_in_USD_middle",
      "impermanent_loss_USD",
    ])
      expect(columns).to.include(column);
    const kinds = (by: string) => rows.filter((row) => row.startsWith(`base,${by},`));
    expect(kinds("cohort")).to.have.lengthOf(scenario.cohorts.length);
    expect(kinds("term").map((row) => /^base,term,(?:"(.*?)"|(.*?)),/.exec(row)?.slice(1).join(""))).to.deep.equal([
      "Flexible",
      "Loyal",
      "Fixed, term 0",
      "Dollars, term 0",
    ]);
    expect(kinds("month").length).to.be.at.least(4);
    expect(kinds("month")[0]).to.match(/^base,month,"Flexible, 2027-0\d",Flexible,TSK,TSK,/);
  });
});

describe("figures for people", () => {
  it("are short", () => {
    expect([0, 12.345, 1_234, 12_345, 1_234_567, -2_500_000, 7.1e9].map(short)).to.deep.equal([
      "0",
      "12.3",
      "1,234",
      "12.3 k",
      "1.23 M",
      "-2.5 M",
      "7.1 bn",
    ]);
    expect(percent(0.1234)).to.equal("12.3 %");
  });
});
