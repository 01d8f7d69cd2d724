package io.meanfield.data.encoding;

/** The values of a number to predict in the training examples. */
public record TargetRange(double mean, double deviation, float least, float most) {}
