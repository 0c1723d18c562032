import { Component, type ReactNode } from "react";

import { useText } from "../../i18n/index.ts";
import { Notice } from "./notice.tsx";

interface Properties {
  readonly children: ReactNode;
  /** What it is about: another one is tried anew. */
  readonly of?: string;
  /** What is shown instead; a notice, unless it is given. */
  readonly fallback?: ReactNode;
}

/** What is within it can fail without anything around it. */
export class Boundary extends Component<Properties, { readonly failed: string | undefined }> {
  override state: { readonly failed: string | undefined } = { failed: undefined };

  static getDerivedStateFromError(error: unknown): { failed: string } {
    return { failed: error instanceof Error ? error.message : String(error) };
  }

  override componentDidUpdate({ of }: Properties): void {
    if (of !== this.props.of && this.state.failed !== undefined) this.setState({ failed: undefined });
  }

  override render(): ReactNode {
    const { failed } = this.state;
    const { children, fallback = failed === undefined ? null : <Failed detail={failed} /> } = this.props;
    return failed === undefined ? children : fallback;
  }
}

interface PartProperties {
  readonly children: ReactNode;
}

/** A row of a table that keeps its place, with a sentence in it, where it cannot be shown. */
export function RowBoundary({ columns, children }: PartProperties & { readonly columns: number }) {
  const { t } = useText();
  const fallback = (
    <tr>
      <td colSpan={columns} className="text-muted px-5 py-4">
        {t("boundary.title")}
      </td>
    </tr>
  );
  return <Boundary fallback={fallback}>{children}</Boundary>;
}

/** A card of a list that keeps its place, with a sentence in it, where it cannot be shown. */
export function CardBoundary({ children }: PartProperties) {
  const { t } = useText();
  return <Boundary fallback={<li className="card text-muted p-4">{t("boundary.title")}</li>}>{children}</Boundary>;
}

function Failed({ detail }: { detail: string }) {
  const { t } = useText();
  return (
    <Notice tone="loss" role="alert" title={t("boundary.title")}>
      <p>{t("boundary.sentence")}</p>
      <p className="font-mono text-xs">{detail.slice(0, 200)}</p>
    </Notice>
  );
}
