package io.meanfield.export.input;

import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.NetworkSettings;
import io.meanfield.scorer.InputColumn;
import java.util.List;
import java.util.Optional;

/** The inputs of an exported model for one example. */
public sealed interface ModelInput {
  /**
   * An image of unsigned bytes, which the network sees scaled to 0 … 1.
   *
   * @param shape of one example, {@code network.input}
   */
  record Pixels(List<Integer> shape) implements ModelInput {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.pixels(this);
    }
  }

  /**
   * Numbers that the network sees unchanged.
   *
   * @param shape of one example, {@code network.input}
   */
  record Numbers(List<Integer> shape) implements ModelInput {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.numbers(this);
    }
  }

  /** The columns of a table before their preprocessing. */
  record Columns(TableEncoder encoder) implements ModelInput {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.columns(this);
    }
  }

  /** Calls the visitor's method for this kind of input. */
  <R> R accept(Visitor<R> visitor);

  /** One method for each kind of input. */
  interface Visitor<R> {
    R pixels(Pixels pixels);

    R numbers(Numbers numbers);

    R columns(Columns columns);
  }

  /** One method for rows with one array, and one for the rows of a table. */
  interface RowVisitor<R> extends Visitor<R> {
    R array(InputColumn column);

    @Override
    default R pixels(Pixels pixels) {
      return array(InputColumn.ofImages(pixels.shape()));
    }

    @Override
    default R numbers(Numbers numbers) {
      return array(InputColumn.ofNumbers(numbers.shape()));
    }
  }

  /**
   * Returns the input of a network.
   *
   * @param encoder of the table on which the network was trained; empty if it was no table
   * @param images whether the examples are images with one byte per pixel
   * @throws UserException if the table has columns of arrays beside categorical columns
   */
  static ModelInput of(NetworkSettings network, Optional<TableEncoder> encoder, boolean images) {
    if (images) {
      return new Pixels(network.input());
    }
    return encoder
        .map(table -> ofTable(network, table))
        .orElseGet(() -> new Numbers(network.input()));
  }

  private static ModelInput ofTable(NetworkSettings network, TableEncoder table) {
    if (table.inputs() == network.inputs()) {
      return new Columns(table);
    }
    if (table.categorical().isEmpty()
        && table.columns().stream().allMatch(FeatureColumn::isPlain)) {
      return new Numbers(network.input()); // columns of arrays, one after another
    }
    throw UserException.of(
        ErrorCode.MODEL_UNUSABLE,
        "cannot export a model of columns with arrays beside categorical or preprocessed columns:"
            + " the network takes %s inputs, encodings.json describes %s; expected arrays alone, or"
            + " columns of single values",
        network.inputs(),
        table.inputs());
  }
}
