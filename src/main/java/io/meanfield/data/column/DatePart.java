package io.meanfield.data.column;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/** A part of a point in time, in UTC. */
@DefaultSerializer(JavaSerializer.class)
public enum DatePart implements Serializable {
  /** The hour of the day, 0 to 23. */
  HOUR_OF_DAY(24) {
    @Override
    int value(long epochDay, long secondOfDay) {
      return (int) (secondOfDay / 3600);
    }
  },
  /** The minute of the day, 0 to 1439. */
  MINUTE_OF_DAY(1440) {
    @Override
    int value(long epochDay, long secondOfDay) {
      return (int) (secondOfDay / 60);
    }
  },
  /** The day of the week, from Monday, which is 0. */
  DAY_OF_WEEK(7) {
    @Override
    int value(long epochDay, long secondOfDay) {
      // 1970-01-01 was a Thursday.
      return (int) Math.floorMod(epochDay + 3, 7L);
    }
  },
  /** The month, from January, which is 0. */
  MONTH(12) {
    @Override
    int value(long epochDay, long secondOfDay) {
      return LocalDate.ofEpochDay(epochDay).getMonthValue() - 1;
    }
  },
  /**
   * The day of the calendar, from January 1st, which is 0; February 29th is 59 and December 31st
   * 365, in all years, so that a holiday has the same number in each.
   */
  DAY_OF_YEAR(366) {
    @Override
    int value(long epochDay, long secondOfDay) {
      return LocalDate.ofEpochDay(epochDay).withYear(LEAP_YEAR).getDayOfYear() - 1;
    }
  },
  /** The days since 1970-01-01, the only part that does not recur. */
  DAY(0) {
    @Override
    int value(long epochDay, long secondOfDay) {
      return (int) epochDay;
    }
  };

  private static final long SECONDS_PER_DAY = 86_400;
  private static final int LEAP_YEAR = 2000;

  private final int count;

  DatePart(int count) {
    this.count = count;
  }

  abstract int value(long epochDay, long secondOfDay);

  /**
   * Returns the parts that become points on a circle, so that the end of a period is close to its
   * beginning; a date has no minute.
   */
  public static List<DatePart> cyclic(ValueType type) {
    return switch (type) {
      case TIMESTAMP -> List.of(MINUTE_OF_DAY, DAY_OF_WEEK, DAY_OF_YEAR);
      case DATE -> List.of(DAY_OF_WEEK, DAY_OF_YEAR);
      case FLOAT, NUMBER, BOOLEAN -> List.of();
    };
  }

  /** The number of different values; 0 for {@link #DAY}. */
  public int count() {
    return count;
  }

  /** Returns the value at a time, from 0; in seconds since 1970-01-01. */
  int at(double seconds) {
    long whole = (long) Math.floor(seconds);
    return value(Math.floorDiv(whole, SECONDS_PER_DAY), Math.floorMod(whole, SECONDS_PER_DAY));
  }

  /** Returns the sine of a value on the circle of all values. */
  public float sine(int value) {
    return (float) StrictMath.sin(angle(value));
  }

  /** Returns the cosine of a value on the circle of all values. */
  public float cosine(int value) {
    return (float) StrictMath.cos(angle(value));
  }

  private double angle(int value) {
    return 2 * Math.PI * value / count;
  }

  /** Returns the value as it is written in settings. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
