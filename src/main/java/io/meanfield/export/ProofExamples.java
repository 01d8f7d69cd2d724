package io.meanfield.export;

import io.meanfield.data.Examples;
import io.meanfield.export.input.ModelInput;
import io.meanfield.export.input.RawTable;

/**
 * The examples with which an export is compared with its model.
 *
 * @param rows as the exported model takes them
 * @param encoded the same examples as the network takes them
 * @param origin of the examples, for people
 */
public record ProofExamples(Examples rows, Examples encoded, String origin) {
  /**
   * Returns examples.
   *
   * @param rows as the exported model takes them
   */
  public static ProofExamples of(ModelInput input, Examples rows, String origin) {
    return new ProofExamples(rows, input.accept(new Encoded(rows)), origin);
  }

  private record Encoded(Examples rows) implements ModelInput.Visitor<Examples> {
    @Override
    public Examples pixels(ModelInput.Pixels pixels) {
      return rows;
    }

    @Override
    public Examples numbers(ModelInput.Numbers numbers) {
      return rows;
    }

    @Override
    public Examples columns(ModelInput.Columns columns) {
      return new RawTable(columns.encoder(), rows).encoded();
    }
  }
}
