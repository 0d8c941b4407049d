/** The contract's part on tasks that are files of their own. Types only. */
import type { DataSource, DatasetView } from '../protocol';

export interface JoinCalls {
  /**
   * The open file and a further one as one table, by their dates (docs/multitask.md): `targets` of the open file stay targets, and
   * one of the further file joins them. Progress comes as of `data.open`.
   */
  'data.join': {
    input: { dataset: string; targets: string[]; source: DataSource; ticket: string };
    output: {
      view: DatasetView;
      /** All of them, by their names in the table. */
      targets: string[];
      /** What stands before the names of the open file's columns now. */
      before: string;
    };
  };
}
