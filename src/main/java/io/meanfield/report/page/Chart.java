package io.meanfield.report.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/**
 * A chart, which the script of the page draws.
 *
 * @param x the label of the x axis; empty for bars
 * @param y the label of the y axis
 * @param categories of bars
 * @param markers vertical lines with names
 */
public record Chart(
    Kind kind,
    String caption,
    String x,
    String y,
    List<String> categories,
    List<Series> series,
    List<Marker> markers)
    implements Block {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** How the numbers are drawn. */
  public enum Kind {
    /** Lines over numbers. */
    LINES,
    /** Bars side by side. */
    BARS,
    /** Bars on top of each other. */
    STACKED_BARS,
    /** Points, and the line on which x and y are equal. */
    POINTS
  }

  /**
   * Numbers of one color.
   *
   * @param x as many as y; none for bars
   * @param y a number that is not finite is a gap
   */
  public record Series(String name, double[] x, double[] y, Line line) {
    /** Returns numbers that are joined by straight lines. */
    public Series(String name, double[] x, double[] y) {
      this(name, x, y, Line.STRAIGHT);
    }
  }

  /** How two numbers are joined. */
  public enum Line {
    /** By a straight line. */
    STRAIGHT,
    /** By a step: a value holds until the next point. */
    STEP,
    /** Not at all: points in the color of the next line. */
    NONE
  }

  /** A vertical line. */
  public record Marker(double x, String label) {}

  /** Returns lines over numbers. */
  public static Chart lines(
      String caption, String x, String y, List<Series> series, List<Marker> markers) {
    return new Chart(Kind.LINES, caption, x, y, List.of(), series, markers);
  }

  /** Returns lines over numbers. */
  public static Chart lines(String caption, String x, String y, Series... series) {
    return lines(caption, x, y, List.of(series), List.of());
  }

  /** Returns bars. */
  public static Chart bars(
      Kind kind, String caption, List<String> categories, String y, List<Series> series) {
    return new Chart(kind, caption, "", y, categories, series, List.of());
  }

  /** Returns the heights of bars. */
  public static Series bars(String name, double... heights) {
    return new Series(name, new double[0], heights);
  }

  /** Returns the chart as JSON. Numbers that are not finite are strings. */
  String json() {
    try {
      return MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException impossible) { // records of numbers and text
      throw new IllegalStateException(impossible);
    }
  }
}
