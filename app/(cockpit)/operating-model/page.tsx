import type { Metadata } from "next";
import { MatrixTable } from "@/components/operating-model/matrix-table";
import { OwnershipTable, PathsTable, SettingsTable, SeveritiesTable } from "@/components/operating-model/model-tables";
import { Refused } from "@/components/shell/refused";
import { settingsView } from "@/lib/areas/operating-model/read/settings-view";
import { operatingModel } from "@/lib/model/model";
import { access } from "../access";

export const metadata: Metadata = { title: "Operating model" };

/** The document, as the cockpit enforces it. */
export default async function OperatingModelPage() {
  const { person, decision } = await access("operating-model.view", "/operating-model");
  if (!decision.allowed) return <Refused {...decision} hasRole={person.roles.length > 0} />;
  const settings = settingsView();
  return (
    <div className="space-y-6 px-4 pt-2 pb-8">
      <header className="flex flex-wrap items-baseline gap-x-4">
        <h1 className="text-lg font-semibold">Operating model</h1>
        <p className="text-sm text-muted">
          version <code>{operatingModel.version}</code>, named by every event of the audit trail
        </p>
      </header>
      <MatrixTable matrix={operatingModel.matrix} mine={person.roles} />
      <OwnershipTable />
      <PathsTable settings={settings} />
      <SeveritiesTable />
      <SettingsTable settings={settings} />
    </div>
  );
}
