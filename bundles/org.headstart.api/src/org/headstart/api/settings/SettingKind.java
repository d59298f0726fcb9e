package org.headstart.api.settings;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.headstart.api.settings.SettingsSchema.Bound;

/** How values of one type are read from YAML, checked and written back. */
sealed interface SettingKind {

	/** @return the type for people */
	String type();

	/**
	 * Reads a value.
	 *
	 * @param yaml     what the YAML parser gives, not null
	 * @param path     where it stands
	 * @param problems receives what is wrong
	 * @return the value, null when there are problems
	 */
	Object read(Object yaml, List<Object> path, List<SettingProblem> problems);

	/**
	 * @param value a value that {@link #read} could have given
	 * @return what YAML calls it: Boolean, Long, Double, String, List or Map
	 */
	Object toYaml(Object value);

	private static String shown(Object yaml) {
		return switch (yaml) {
			case null -> "empty";
			case Map<?, ?> map -> "a map";
			case List<?> list -> "a list";
			case String text -> "the text '" + Spelling.shorten(text) + "'";
			case Double number -> number(number);
			default -> Spelling.shorten(yaml.toString());
		};
	}

	/** A number as people write it: 2000000 and 3e-4, not 2000000.0 and 3.0E-4. */
	static String number(double value) {
		if (value == Math.rint(value) && Math.abs(value) < 1e15) {
			return Long.toString((long) value);
		}
		return Double.toString(value).replace(".0E", "e").replace('E', 'e');
	}

	private static Object wrong(List<Object> path, List<SettingProblem> problems, String message) {
		problems.add(new SettingProblem(path, message));
		return null;
	}

	private static String unitSuffix(String unit) {
		return unit.isEmpty() ? "" : " (in " + unit + ")";
	}

	private static String range(double min, double max) {
		if (Double.isInfinite(max)) {
			return "at least " + number(min);
		}
		return Double.isInfinite(min) ? "at most " + number(max) : "from " + number(min) + " to " + number(max);
	}

	/** {@code boolean}. */
	record YesOrNo() implements SettingKind {

		@Override
		public String type() {
			return "true or false";
		}

		@Override
		public Object read(Object yaml, List<Object> path, List<SettingProblem> problems) {
			return yaml instanceof Boolean ? yaml : wrong(path, problems, "must be true or false, not " + shown(yaml));
		}

		@Override
		public Object toYaml(Object value) {
			return value;
		}
	}

	/** {@code String}. */
	record Text() implements SettingKind {

		@Override
		public String type() {
			return "text";
		}

		@Override
		public Object read(Object yaml, List<Object> path, List<SettingProblem> problems) {
			if (yaml instanceof String) {
				return yaml;
			}
			return wrong(path, problems, "must be text, not " + shown(yaml)
					+ (yaml instanceof Map || yaml instanceof List ? "" : "; put it in quotes to make it text"));
		}

		@Override
		public Object toYaml(Object value) {
			return value;
		}
	}

	/** {@code double}. */
	record Real(String unit, double min, double max) implements SettingKind {

		@Override
		public String type() {
			return "number";
		}

		@Override
		public Object read(Object yaml, List<Object> path, List<SettingProblem> problems) {
			if (!(yaml instanceof Number number)) {
				return wrong(path, problems, "must be a number" + unitSuffix(unit) + ", not " + shown(yaml));
			}
			double value = number.doubleValue();
			if (Double.isNaN(value) || Double.isInfinite(value)) {
				return wrong(path, problems, "must be a finite number" + unitSuffix(unit) + " of at most 1.7e308, not "
						+ shown(yaml));
			}
			boolean rounded = yaml instanceof Long whole && ((long) value != whole || value == 0x1p63)
					|| yaml instanceof BigInteger big && !new java.math.BigDecimal(value).toBigInteger().equals(big);
			if (rounded) {
				return wrong(path, problems, shown(yaml) + " has more digits than a floating-point number can hold; the "
						+ "nearest one is " + number(value));
			}
			if (value < min || value > max) {
				return wrong(path, problems, "must be " + range(min, max) + unitSuffix(unit) + ", is " + shown(yaml));
			}
			return value == 0 ? 0.0 : value; // −0.0 means 0.0 and must not give another canonical text
		}

		@Override
		public Object toYaml(Object value) {
			return value;
		}
	}

	/** {@code int} and {@code long}. */
	record Whole(boolean isLong, String unit, double min, double max) implements SettingKind {

		@Override
		public String type() {
			return "whole number";
		}

		@Override
		public Object read(Object yaml, List<Object> path, List<SettingProblem> problems) {
			if (!(yaml instanceof Number)) {
				return wrong(path, problems, "must be a whole number" + unitSuffix(unit) + ", not " + shown(yaml));
			}
			long lowest = isLong ? Long.MIN_VALUE : Integer.MIN_VALUE;
			long highest = isLong ? Long.MAX_VALUE : Integer.MAX_VALUE;
			long value;
			switch (yaml) {
				case Double real -> {
					if (real != Math.rint(real) || Double.isInfinite(real)) {
						return wrong(path, problems, "must be a whole number" + unitSuffix(unit) + ", not " + shown(yaml));
					}
					if (Math.abs(real) >= 0x1p53) {
						return wrong(path, problems, "is too large to be exact when written as " + real
								+ "; write all digits of the whole number");
					}
					value = real.longValue();
				}
				case Long whole -> value = whole;
				case Integer whole -> value = whole;
				default -> {
					return wrong(path, problems,
							"must be from " + lowest + " to " + highest + unitSuffix(unit) + ", is " + shown(yaml));
				}
			}
			if (value < min || value > max) {
				return wrong(path, problems, "must be " + range(min, max) + unitSuffix(unit) + ", is " + value);
			}
			if (value < lowest || value > highest) {
				return wrong(path, problems, "must be from " + lowest + " to " + highest + unitSuffix(unit) + ", is "
						+ value);
			}
			if (isLong) {
				return value;
			}
			return (int) value;
		}

		@Override
		public Object toYaml(Object value) {
			return ((Number) value).longValue();
		}
	}

	/** An enum. */
	record Choice(Map<String, Object> constants) implements SettingKind {

		static Choice of(Class<?> type) {
			Map<String, Object> constants = new LinkedHashMap<>();
			for (Object constant : type.getEnumConstants()) {
				String name = ((Enum<?>) constant).name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
				if (List.of("true", "false", "null").contains(name)) {
					throw new IllegalArgumentException("the constant " + constant + " of " + type.getName()
							+ " would not be text in YAML; give it another name");
				}
				constants.put(name, constant);
			}
			return new Choice(constants);
		}

		@Override
		public String type() {
			return "one of " + String.join(", ", constants.keySet());
		}

		@Override
		public Object read(Object yaml, List<Object> path, List<SettingProblem> problems) {
			Object constant = yaml instanceof String name ? constants.get(name) : null;
			if (constant != null) {
				return constant;
			}
			String near = yaml instanceof String name
					? Spelling.nearest(name, constants.keySet()).map(n -> "; did you mean '" + n + "'?").orElse("")
					: "";
			return wrong(path, problems, "must be " + type() + ", not " + shown(yaml) + near);
		}

		@Override
		public Object toYaml(Object value) {
			return ((Enum<?>) value).name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
		}
	}

	/** Another settings record. */
	record Group(SettingsSchema schema) implements SettingKind {

		@Override
		public String type() {
			return "settings";
		}

		@Override
		public Object read(Object yaml, List<Object> path, List<SettingProblem> problems) {
			if (!(yaml instanceof Map<?, ?> map)) {
				return wrong(path, problems, "must be a map with the keys " + String.join(", ", schema.keys()) + ", not "
						+ shown(yaml));
			}
			Bound bound = schema.bind(map, List.of());
			for (SettingProblem problem : bound.problems()) {
				List<Object> full = new ArrayList<>(path);
				full.addAll(problem.path());
				problems.add(new SettingProblem(full, problem.message()));
			}
			return bound.settings();
		}

		@Override
		public Object toYaml(Object value) {
			return schema.toYaml((Record) value);
		}
	}

	/** A list. */
	record ListOf(SettingKind element) implements SettingKind {

		@Override
		public String type() {
			return switch (element) {
				case YesOrNo yes -> "list of true or false";
				case Text text -> "list of texts";
				case Real real -> "list of numbers";
				case Whole whole -> "list of whole numbers";
				case Choice choice -> "list of " + String.join(", ", choice.constants().keySet());
				case Group group -> "list of settings";
				case ListOf list -> "list, each a " + list.type();
				case Written written -> "list, each: " + written.type();
			};
		}

		@Override
		public Object read(Object yaml, List<Object> path, List<SettingProblem> problems) {
			if (!(yaml instanceof List<?> list)) {
				return wrong(path, problems, "must be a " + type() + ", like [" + example() + "], not " + shown(yaml));
			}
			List<Object> values = new ArrayList<>();
			boolean complete = true;
			for (int i = 0; i < list.size(); i++) {
				List<Object> inner = new ArrayList<>(path);
				inner.add(i);
				Object value = list.get(i) == null
						? wrong(inner, problems, "is empty; a " + type() + " needs a value here")
						: element.read(list.get(i), inner, problems);
				complete &= value != null;
				values.add(value);
			}
			return complete ? List.copyOf(values) : null;
		}

		private String example() {
			return switch (element) {
				case YesOrNo yes -> "true, false";
				case Text text -> "one, two";
				case Real real -> "0.5, 1e-3";
				case Whole whole -> "64, 64";
				case Choice choice -> String.join(", ", choice.constants().keySet());
				case Group group -> "{…}, {…}";
				case ListOf list -> "[" + list.example() + "]";
				case Written written -> "…, …";
			};
		}

		@Override
		public Object toYaml(Object value) {
			List<Object> yaml = new ArrayList<>();
			for (Object each : (List<?>) value) {
				yaml.add(element.toYaml(each));
			}
			return yaml;
		}
	}

	/** A value class with a syntax of its own. */
	record Written(String type, Method of) implements SettingKind {

		@Override
		public Object read(Object yaml, List<Object> path, List<SettingProblem> problems) {
			try {
				Object value = of.invoke(null, yaml);
				return value != null ? value : wrong(path, problems, "must be " + type + ", not " + shown(yaml));
			} catch (InvocationTargetException e) {
				Throwable cause = e.getCause();
				if (cause instanceof Error error) {
					throw error;
				}
				return wrong(path, problems, cause instanceof IllegalArgumentException && cause.getMessage() != null
						? cause.getMessage()
						: "must be " + type + ", not " + shown(yaml) + " (" + cause + ")");
			} catch (IllegalAccessException e) {
				throw new IllegalStateException(of + " cannot be called", e);
			}
		}

		@Override
		public Object toYaml(Object value) {
			return SettingsSchema.parse(value.toString());
		}
	}
}
