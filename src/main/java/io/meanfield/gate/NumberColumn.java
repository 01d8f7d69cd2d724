package io.meanfield.gate;

/** The values of a column of numbers. */
public record NumberColumn(String name, double min, double max, Histogram histogram) {}
