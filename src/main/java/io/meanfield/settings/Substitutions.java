package io.meanfield.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bounds the size of settings after their substitutions, before these are made: thirty lines such
 * as {@code b = ${a}${a}} would become a text of a gigabyte.
 */
final class Substitutions {
  /** The largest number of uses of ${…} and += in all settings of a command. */
  static final int MAX_COUNT = 256;

  private static final long MAX_CHARACTERS = 4 << 20;
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{\\??([^}]*)\\}");

  private final ConfigObject root;
  // Of values with substitutions: a value is measured once, however often it is used.
  private final IdentityHashMap<ConfigValue, Double> sizes = new IdentityHashMap<>();
  private final List<ConfigValue> open = new ArrayList<>();
  private int count;
  // The uses of a key's earlier value in values that use it at least twice.
  private int multiplied;
  private boolean circular;

  private Substitutions(ConfigObject root) {
    this.root = root;
  }

  /**
   * Checks settings whose substitutions are not made yet.
   *
   * @throws UserException if they have too many substitutions, or would become too large
   */
  static void requireBounded(Config settings) {
    Substitutions substitutions = new Substitutions(settings.root());
    double size = substitutions.size(settings.root());
    if (substitutions.count > MAX_COUNT) {
      throw invalid(
          "the settings must have at most " + MAX_COUNT + " uses of ${…} and +=, found more");
    }
    if (size * substitutions.growth() > MAX_CHARACTERS) {
      throw invalid(
          "the settings must have at most "
              + MAX_CHARACTERS
              + " characters after their substitutions ${…} are made, found more");
    }
  }

  // The product of numbers with the sum n is at most 3^(n/3). A key with earlier values, each used
  // several times in the next one, grows by such a product; one whose earlier value is used once
  // grows by what is added.
  private double growth() {
    return Math.pow(3, (circular ? count : multiplied) / 3.0);
  }

  private double size(ConfigValue value) {
    if (isUnresolved(value)) {
      return sizes.containsKey(value) ? sizes.get(value) : measured(value);
    }
    if (value instanceof ConfigObject object) {
      return object.entrySet().stream()
          .mapToDouble(entry -> entry.getKey().length() + used(entry.getValue()))
          .sum();
    }
    return value instanceof ConfigList list
        ? list.stream().mapToDouble(this::used).sum()
        : String.valueOf(value.unwrapped()).length();
  }

  private double measured(ConfigValue value) {
    String text = value.render(ConfigRenderOptions.concise());
    double size = text.length();
    open.add(value);
    for (String assigned : assignedValues(text)) {
      size += used(assigned, value);
    }
    open.remove(open.size() - 1);
    sizes.put(value, size);
    return size;
  }

  /** Returns the values that a key was assigned one after another, as they are rendered. */
  private static List<String> assignedValues(String text) {
    List<String> values = new ArrayList<>();
    int depth = 0;
    int start = 0;
    boolean isInString = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isInString && c == '\\') {
        i++;
      } else if (c == '"') {
        isInString = !isInString;
      } else if (!isInString && c == ',' && depth == 0) {
        values.add(text.substring(start, i));
        start = i + 1;
      } else if (!isInString) {
        depth += "[{".indexOf(c) >= 0 ? 1 : "]}".indexOf(c) >= 0 ? -1 : 0;
      }
    }
    values.add(text.substring(start));
    return values;
  }

  /** Returns the size of the values that a text uses, without those that are being measured. */
  private double used(String text, ConfigValue self) {
    double size = 0;
    int own = 0;
    for (Matcher reference = REFERENCE.matcher(text); reference.find(); ) {
      count++;
      Optional<ConfigValue> used = count > MAX_COUNT ? Optional.empty() : find(reference.group(1));
      own += used.filter(value -> value == self).isPresent() ? 1 : 0;
      size += used.map(this::used).orElse(0.0);
    }
    multiplied += own > 1 ? own : 0;
    return size;
  }

  // An object may have a value that uses the object.
  private double used(ConfigValue value) {
    for (int i = 0; i < open.size(); i++) {
      if (open.get(i) == value) {
        circular |= i < open.size() - 1;
        return 0;
      }
    }
    return size(value);
  }

  /** Returns the value at a path, or the value with substitutions around it; empty if absent. */
  private Optional<ConfigValue> find(String path) {
    Optional<ConfigValue> found = Optional.of(root);
    for (String key : keys(path)) {
      found = found.flatMap(value -> child(value, key));
    }
    return found;
  }

  private static Optional<ConfigValue> child(ConfigValue value, String key) {
    if (isUnresolved(value)) {
      return Optional.of(value);
    }
    return value instanceof ConfigObject object
        ? Optional.ofNullable(object.get(key))
        : Optional.empty();
  }

  private static List<String> keys(String path) {
    try {
      return ConfigUtil.splitPath(path);
    } catch (ConfigException inAString) {
      return List.of("");
    }
  }

  private static boolean isUnresolved(ConfigValue value) {
    try {
      if (value instanceof ConfigObject object) {
        return object.entrySet() == null;
      }
      return value.valueType() == null;
    } catch (ConfigException.NotResolved e) {
      return true;
    }
  }

  private static UserException invalid(String message) {
    return new UserException(ErrorCode.WRONG_SETTINGS, message);
  }
}
