package io.meanfield.data.source;

import io.meanfield.data.Dataset;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.List;

/**
 * A data set whose location is not set. A job that does not open the data set runs without it.
 *
 * @param key the setting that would locate the data set
 */
public record UnsetSource(String key) implements Source {
  @Override
  public Dataset open(ReadContext context) {
    throw UserException.of(
        ErrorCode.WRONG_SETTINGS,
        "%s is not set; this command reads its examples there: set it in a --conf file or with"
            + " --set %s=…; evaluate and predict also take --data PATH",
        key,
        key);
  }

  /** Returns true, so that {@link #rows} names the missing setting first. */
  @Override
  public boolean copiesColumns() {
    return true;
  }

  @Override
  public boolean isSet() {
    return false;
  }

  @Override
  public List<String> locations() {
    return List.of();
  }
}
