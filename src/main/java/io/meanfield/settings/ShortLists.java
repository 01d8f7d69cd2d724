package io.meanfield.settings;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Values of settings for people, in which long lists of numbers are their counts. */
public final class ShortLists {
  private static final int MOST_NUMBERS = 16;
  private static final Pattern COUNT = Pattern.compile("\\[\"(\\d+ numbers)\"\\]");

  private ShortLists() {}

  /**
   * Returns a value as JSON on one line, with {@code [512 numbers]} in place of long lists.
   *
   * @param json the value in JSON
   */
  public static String of(String json) {
    ConfigValue value = ConfigFactory.parseString("{\"value\":" + json + "}").getValue("value");
    String text = of(value).render(ConfigRenderOptions.concise());
    return COUNT.matcher(text).replaceAll("[$1]");
  }

  /** Returns a value with {@code ["512 numbers"]} in place of long lists, nested ones included. */
  public static ConfigValue of(ConfigValue value) {
    if (value instanceof ConfigList list) {
      long numbers = numbers(list);
      return ConfigValueFactory.fromIterable(
          numbers > MOST_NUMBERS
              ? List.of(numbers + " numbers")
              : list.stream().map(ShortLists::of).toList());
    }
    return value instanceof ConfigObject object
        ? ConfigValueFactory.fromMap(
            object.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> of(entry.getValue()))))
        : value;
  }

  /** Returns how many numbers a list or its lists have; 0 if they have anything else. */
  private static long numbers(ConfigList list) {
    long sum = 0;
    for (ConfigValue element : list) {
      if (element instanceof ConfigList nested) {
        long inner = numbers(nested);
        if (inner == 0 && !nested.isEmpty()) {
          return 0;
        }
        sum += inner;
      } else if (element.valueType() == ConfigValueType.NUMBER) {
        sum++;
      } else {
        return 0;
      }
    }
    return sum;
  }
}
