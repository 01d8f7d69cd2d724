/**
 * Benchmarks that scripts/bench runs: never part of the tests, every figure beside its yardstick in
 * one run.
 */
package io.meanfield.bench;
