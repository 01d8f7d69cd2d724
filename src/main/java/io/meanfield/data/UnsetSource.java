package io.meanfield.data;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;

/**
 * A data set that the settings do not locate. Jobs that do not open it need no settings for it.
 *
 * @param key that would locate it
 */
public record UnsetSource(String key) implements Source {
  @Override
  public Dataset open(ReadContext context) {
    throw new UserException(
        ErrorCode.WRONG_SETTINGS,
        key
            + " is not set; this command reads its examples there: set it in a --conf file or with"
            + " --set "
            + key
            + "=…");
  }
}
