/**
 * The kill storm: commands of real processes that are killed, paused and started twice at random
 * moments, and whose end is compared with that of an undisturbed run. Start reading at {@link
 * io.meanfield.storm.Storm}.
 */
package io.meanfield.storm;
