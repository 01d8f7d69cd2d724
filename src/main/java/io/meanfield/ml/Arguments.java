package io.meanfield.ml;

import org.apache.spark.sql.UDFRegistration;
import org.apache.spark.sql.types.DataType;

/** Registers functions of several arguments; Spark has one interface for each number of them. */
final class Arguments {
  /** The largest number of arguments of a function in Java. */
  static final int MAX = 22;

  private Arguments() {}

  /**
   * Registers a function with an argument for each column.
   *
   * @param columns from 1 to {@value #MAX}
   */
  static void register(UDFRegistration udf, RowFunction row, int columns) {
    String name = row.name();
    DataType type = row.type();
    switch (columns) {
      case 1 -> udf.register(name, a -> row.score(new Object[] {a}), type);
      case 2 -> udf.register(name, (a, b) -> row.score(a, b), type);
      case 3 -> udf.register(name, (a, b, c) -> row.score(a, b, c), type);
      case 4 -> udf.register(name, (a, b, c, d) -> row.score(a, b, c, d), type);
      case 5 -> udf.register(name, (a, b, c, d, e) -> row.score(a, b, c, d, e), type);
      case 6 -> udf.register(name, (a, b, c, d, e, f) -> row.score(a, b, c, d, e, f), type);
      case 7 -> udf.register(name, (a, b, c, d, e, f, g) -> row.score(a, b, c, d, e, f, g), type);
      case 8 ->
          udf.register(name, (a, b, c, d, e, f, g, h) -> row.score(a, b, c, d, e, f, g, h), type);
      case 9 ->
          udf.register(
              name, (a, b, c, d, e, f, g, h, i) -> row.score(a, b, c, d, e, f, g, h, i), type);
      case 10 ->
          udf.register(
              name,
              (a, b, c, d, e, f, g, h, i, j) -> row.score(a, b, c, d, e, f, g, h, i, j),
              type);
      case 11 ->
          udf.register(
              name,
              (a, b, c, d, e, f, g, h, i, j, k) -> row.score(a, b, c, d, e, f, g, h, i, j, k),
              type);
      case 12 ->
          udf.register(
              name,
              (a, b, c, d, e, f, g, h, i, j, k, l) -> row.score(a, b, c, d, e, f, g, h, i, j, k, l),
              type);
      case 13 ->
          udf.register(
              name,
              (a, b, c, d, e, f, g, h, i, j, k, l, m) ->
                  row.score(a, b, c, d, e, f, g, h, i, j, k, l, m),
              type);
      case 14 ->
          udf.register(
              name,
              (a, b, c, d, e, f, g, h, i, j, k, l, m, n) ->
                  row.score(a, b, c, d, e, f, g, h, i, j, k, l, m, n),
              type);
      case 15 ->
          udf.register(
              name,
              (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o) ->
                  row.score(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o),
              type);
      case 16 ->
          udf.register(
              name,
              (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p) ->
                  row.score(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p),
              type);
      case 17 ->
          udf.register(
              name,
              (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q) ->
                  row.score(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q),
              type);
      case 18 ->
          udf.register(
              name,
              (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r) ->
                  row.score(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r),
              type);
      case 19 ->
          udf.register(
              name,
              (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s) ->
                  row.score(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s),
              type);
      case 20 ->
          udf.register(
              name,
              (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t) ->
                  row.score(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t),
              type);
      case 21 ->
          udf.register(
              name,
              (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u) ->
                  row.score(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u),
              type);
      case 22 ->
          udf.register(
              name,
              (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v) ->
                  row.score(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v),
              type);
      default -> throw new IllegalArgumentException(columns + " columns, expected 1 to " + MAX);
    }
  }
}
