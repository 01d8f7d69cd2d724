package io.meanfield.train.checkpoint;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.meanfield.train.EpochResult;
import io.meanfield.train.RoundRow;
import java.util.List;

/**
 * The record of a completed epoch: the file {@code epochs/NNNNNN.json}. An epoch is completed when
 * this file exists.
 *
 * @param stateSha256 checksum of the epoch's checkpoint
 */
record EpochRecord(@JsonUnwrapped EpochResult result, String stateSha256, List<RoundRow> rounds) {

  static String name(int epoch) {
    return String.format("epochs/%06d.json", epoch);
  }
}
