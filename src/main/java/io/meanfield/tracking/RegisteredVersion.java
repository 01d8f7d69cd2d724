package io.meanfield.tracking;

/**
 * The version of a model that a run has registered.
 *
 * @param location the directory of the version, for people
 * @param promoted whether the run made it the champion
 */
public record RegisteredVersion(String model, int number, String location, boolean promoted) {}
