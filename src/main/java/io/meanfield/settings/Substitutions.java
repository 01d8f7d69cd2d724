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

/**
 * Bounds the size and the depth of settings after their substitutions, before these are made:
 * thirty lines such as {@code b = ${a}${a}} would become a text of a gigabyte, and Config calls
 * itself for each level of what a substitution inserts.
 */
final class Substitutions {
  /** The largest number of uses of ${…} and += in all settings of a command. */
  static final int MAX_COUNT = 256;

  private static final long MAX_CHARACTERS = 4 << 20;

  private final ConfigObject root;
  // Of values with substitutions: a value is measured once, however often it is used.
  private final IdentityHashMap<ConfigValue, Extent> extents = new IdentityHashMap<>();
  private final List<ConfigValue> open = new ArrayList<>();
  private int count;
  // The uses of a key's earlier value in values that use it at least twice.
  private int multiplied;
  // The levels around the uses of a key's earlier value, of all assigned values together.
  private int levelsAroundOwn;
  // The levels around any uses, of all assigned values together.
  private int levelsAroundAll;
  private boolean circular;

  private Substitutions(ConfigObject root) {
    this.root = root;
  }

  /**
   * The extent of a value after its substitutions.
   *
   * @param size in characters
   * @param levels of objects and lists
   */
  private record Extent(double size, int levels) {
    static final Extent NONE = new Extent(0, 0);

    Extent plus(Extent other) {
      return new Extent(size + other.size, Math.max(levels, other.levels));
    }

    Extent inside(int levelsAround) {
      return new Extent(size, levelsAround + levels);
    }
  }

  /**
   * Checks settings whose substitutions are not made yet.
   *
   * @throws UserException if they have too many substitutions, or would become too large or too
   *     deep
   */
  static void requireBounded(Config settings) {
    Substitutions substitutions = new Substitutions(settings.root());
    // The braces of the root are no level.
    Extent extent = substitutions.extent(settings.root(), -1).inside(-1);
    if (substitutions.count > MAX_COUNT) {
      throw invalid(
          "the settings must have at most " + MAX_COUNT + " uses of ${…} and +=, found more");
    }
    if (extent.size() * substitutions.growth() > MAX_CHARACTERS) {
      throw invalid(
          "the settings must have at most "
              + MAX_CHARACTERS
              + " characters after their substitutions ${…} are made, found more");
    }
    if (extent.levels() + substitutions.deepening() > HoconBounds.MAX_DEPTH) {
      throw tooDeep("the settings");
    }
  }

  // The product of numbers with the sum n is at most 3^(n/3). A key with earlier values, each used
  // several times in the next one, grows by such a product; one whose earlier value is used once
  // grows by what is added.
  private double growth() {
    return Math.pow(3, (circular ? count : multiplied) / 3.0);
  }

  // The levels of uses that are not followed, because their values are being measured.
  private int deepening() {
    return circular ? levelsAroundAll : levelsAroundOwn;
  }

  private Extent extent(ConfigValue value, int levelsAround) {
    if (isUnresolved(value)) {
      Extent extent =
          extents.containsKey(value) ? extents.get(value) : measured(value, levelsAround);
      requireShallow(levelsAround + extent.levels(), value);
      return extent;
    }
    if (value instanceof ConfigObject object) {
      requireShallow(levelsAround + 1, value);
      return object.entrySet().stream()
          .map(
              entry ->
                  used(entry.getValue(), levelsAround + 1)
                      .plus(new Extent(entry.getKey().length(), 0)))
          .reduce(Extent.NONE, Extent::plus)
          .inside(1);
    }
    if (value instanceof ConfigList list) {
      requireShallow(levelsAround + 1, value);
      return list.stream()
          .map(element -> used(element, levelsAround + 1))
          .reduce(Extent.NONE, Extent::plus)
          .inside(1);
    }
    return new Extent(String.valueOf(value.unwrapped()).length(), 0);
  }

  /** Throws if there are too many levels, before this class calls itself for all of them. */
  private void requireShallow(int levels, ConfigValue value) {
    if (levels > HoconBounds.MAX_DEPTH) {
      ConfigValue outermost = open.isEmpty() ? value : open.get(0);
      throw tooDeep("the value in " + outermost.origin().description());
    }
  }

  private Extent measured(ConfigValue value, int levelsAround) {
    String text = value.render(ConfigRenderOptions.concise());
    AssignedValues assigned = AssignedValues.of(text);
    Extent extent = new Extent(text.length(), assigned.levels());
    open.add(value);
    for (List<AssignedValues.Reference> references : assigned.references()) {
      extent = extent.plus(used(references, value, levelsAround));
    }
    open.remove(open.size() - 1);
    extents.put(value, extent);
    return extent;
  }

  /** Returns the extent of the values that are used, without those that are being measured. */
  private Extent used(
      List<AssignedValues.Reference> references, ConfigValue self, int levelsAround) {
    Extent extent = Extent.NONE;
    int own = 0;
    int ownLevels = 0;
    int levels = 0;
    for (AssignedValues.Reference reference : references) {
      count++;
      Optional<ConfigValue> used = count > MAX_COUNT ? Optional.empty() : find(reference.path());
      int around = reference.levelsAround();
      levels = Math.max(levels, around);
      if (used.filter(value -> value == self).isPresent()) {
        own++;
        ownLevels = Math.max(ownLevels, around);
      }
      extent =
          extent.plus(
              used.map(value -> used(value, levelsAround + around))
                  .orElse(Extent.NONE)
                  .inside(around));
    }
    multiplied += own > 1 ? own : 0;
    levelsAroundOwn += ownLevels;
    levelsAroundAll += levels;
    return extent;
  }

  // An object may have a value that uses the object.
  private Extent used(ConfigValue value, int levelsAround) {
    for (int i = 0; i < open.size(); i++) {
      if (open.get(i) == value) {
        circular |= i < open.size() - 1;
        return Extent.NONE;
      }
    }
    return extent(value, levelsAround);
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

  private static UserException tooDeep(String where) {
    return invalid(
        where
            + " must have at most "
            + HoconBounds.MAX_DEPTH
            + " levels of objects, lists and dotted keys after the substitutions ${…} are made,"
            + " found more");
  }

  private static UserException invalid(String message) {
    return new UserException(ErrorCode.WRONG_SETTINGS, message);
  }
}
