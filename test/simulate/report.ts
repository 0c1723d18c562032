import { DOMParser } from "@xmldom/xmldom";
import { expect } from "chai";

import { casesOf } from "../../simulate/cases.ts";
import { toCohortCsv, toCsv } from "../../simulate/csv.ts";
import { percent, short } from "../../simulate/report/charts.ts";
import { toHtml } from "../../simulate/report/page.ts";
import { play } from "../../simulate/run.ts";
import { loadScenario } from "../../simulate/scenario.ts";

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
