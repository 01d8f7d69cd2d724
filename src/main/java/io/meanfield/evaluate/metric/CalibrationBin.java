package io.meanfield.evaluate.metric;

/**
 * The examples for which a class has a probability of {@code lower} or more and less than {@code
 * upper}; the last bin includes 1.
 *
 * @param bin from 0
 * @param examples at least 1
 * @param meanPredicted the mean probability of the class
 * @param observed the share of the examples that have the class
 */
public record CalibrationBin(
    int cls,
    int bin,
    double lower,
    double upper,
    long examples,
    double meanPredicted,
    double observed) {}
