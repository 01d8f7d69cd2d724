package io.meanfield.export.onnx;

import java.util.List;

/** Adds arithmetic on 64-bit floats to a graph. */
record Doubles(Graph graph) {
  private String constant(double value) {
    return graph.constant(Constants.doubles(new double[] {value}));
  }

  String plus(String x, double y) {
    return graph.node("Add", List.of(x, constant(y)));
  }

  String plus(String x, String y) {
    return graph.node("Add", List.of(x, y));
  }

  String minus(String x, double y) {
    return graph.node("Sub", List.of(x, constant(y)));
  }

  String minus(String x, String y) {
    return graph.node("Sub", List.of(x, y));
  }

  String times(String x, double y) {
    return graph.node("Mul", List.of(x, constant(y)));
  }

  String over(String x, double y) {
    return graph.node("Div", List.of(x, constant(y)));
  }

  String floor(String x) {
    return graph.node("Floor", List.of(x));
  }

  /** Returns how often {@code y} fits into x, rounded down. */
  String quotient(String x, double y) {
    return floor(over(x, y));
  }

  /** Returns what remains of x after {@link #quotient}. */
  String remainder(String x, double y) {
    return minus(x, times(quotient(x, y), y));
  }

  String missing(String x) {
    return graph.node("IsNaN", List.of(x));
  }

  String where(String condition, double chosen, String otherwise) {
    return graph.node("Where", List.of(condition, constant(chosen), otherwise));
  }

  String where(String condition, String chosen, String otherwise) {
    return graph.node("Where", List.of(condition, chosen, otherwise));
  }

  String isAtLeast(String x, double y) {
    return graph.node("GreaterOrEqual", List.of(x, constant(y)));
  }

  String times(String x, String y) {
    return graph.node("Mul", List.of(x, y));
  }

  /** Returns the sign of x times log(1 + |x|). */
  String symmetricLog(String x) {
    String size = plus(graph.node("Abs", List.of(x)), 1);
    return times(graph.node("Sign", List.of(x)), graph.node("Log", List.of(size)));
  }
}
