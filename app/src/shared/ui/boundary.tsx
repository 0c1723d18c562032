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

function Failed({ detail }: { detail: string }) {
  const { t } = useText();
  return (
    <Notice tone="loss" role="alert" title={t("boundary.title")}>
      <p>{t("boundary.sentence")}</p>
      <p className="font-mono text-xs">{detail.slice(0, 200)}</p>
    </Notice>
  );
}
