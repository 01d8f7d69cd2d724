/**
 * Pseudo-random numbers and permutations that depend on a key alone, never on the cluster.
 *
 * <p>Imports no other package. Start reading at {@link io.meanfield.random.SplitMix64}, then {@link
 * io.meanfield.random.Permutation}.
 */
package io.meanfield.random;
