package io.meanfield.evaluate;

import java.util.Optional;

/**
 * The origin of a model, for the tables of its evaluation and predictions.
 *
 * @param run the id of the run that trained the model, or the path of its file
 * @param version the number of the version under which it is registered; empty if it was not named
 *     as a version
 */
public record ModelSource(String run, Optional<Integer> version) {}
