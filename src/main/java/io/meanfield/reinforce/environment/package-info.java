/**
 * Environments and what is played in them: episodes, their seeds and their rows.
 *
 * <p>Imports random. Start reading at {@link io.meanfield.reinforce.environment.Environment}.
 */
package io.meanfield.reinforce.environment;
