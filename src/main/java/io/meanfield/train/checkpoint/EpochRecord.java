package io.meanfield.train.checkpoint;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.meanfield.train.EpochResult;
import io.meanfield.train.RoundRow;
import java.util.List;

/**
 * What is kept of an epoch that has ended: the file {@code epochs/NNNNNN.json}, whose appearance
 * makes the epoch count.
 *
 * @param stateSha256 of the checkpoint that belongs to it
 */
record EpochRecord(@JsonUnwrapped EpochResult result, String stateSha256, List<RoundRow> rounds) {

  static String name(int epoch) {
    return String.format("epochs/%06d.json", epoch);
  }
}
