package org.headstart.api.settings;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.headstart.api.settings.SettingsSchema.Bound;

/** A type of setting: it reads values from YAML, checks them and writes them back. */
sealed interface SettingKind {

	/**
	 * The findings about values.
	 *
	 * @param problems   errors
	 * @param warnings   allowed and implausible values
	 * @param references finds the contributions to which values refer
	 */
	record Findings(List<SettingProblem> problems, List<SettingProblem> warnings, References references) {

		Findings(References references) {
			this(new ArrayList<>(), new ArrayList<>(), references);
		}
	}

	/**
	 * The limits of a number.
	 *
	 * @param unit         its unit; empty for a pure number
	 * @param min          the lowest allowed value
	 * @param max          the highest allowed value
	 * @param plausibleMin the lowest plausible value
	 * @param plausibleMax the highest plausible value
	 */
	record Limits(String unit, double min, double max, double plausibleMin, double plausibleMax) {

		static Limits of(Setting setting) {
			return new Limits(setting.unit(), setting.min(), setting.max(), setting.plausibleMin(), setting.plausibleMax());
		}

		String inUnit() {
			return unit.isEmpty() ? "" : " (in " + unit + ")";
		}

		boolean allow(double value) {
			return value >= min && value <= max;
		}

		/** The allowed range of a number whose type has limits of its own. */
		String range(double lowest, double highest) {
			return "from " + number(Math.max(min, lowest)) + " to " + number(Math.min(max, highest)) + inUnit();
		}

		String range() {
			if (Double.isInfinite(max)) {
				return "at least " + number(min) + inUnit();
			}
			return (Double.isInfinite(min) ? "at most " + number(max) : "from " + number(min) + " to " + number(max)) + inUnit();
		}

		void doubt(double value, List<Object> path, Findings findings) {
			if (value < plausibleMin || value > plausibleMax) {
				findings.warnings().add(new SettingProblem(path, number(value) + " is unusual; usual is "
						+ new Limits(unit, plausibleMin, plausibleMax, min, max).range()));
			}
		}
	}

	/** The largest number of single precision, rounded down. */
	double LARGEST = 3.4e38;

	/** @return the type for people */
	String type();

	/**
	 * Reads a value.
	 *
	 * @param yaml     the YAML parser's value, not null
	 * @param path     the value's path
	 * @param findings receives errors and warnings
	 * @return the value, null when there are problems
	 */
	Object read(Object yaml, List<Object> path, Findings findings);

	/**
	 * @param value a value as given by {@link #read}
	 * @return its YAML value: Boolean, Long, Double, String, List or Map
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

	private static Object wrong(List<Object> path, Findings findings, String message) {
		findings.problems().add(new SettingProblem(path, message));
		return null;
	}

	/** Whether single precision, in which networks compute, can represent a number apart from rounding. */
	private static boolean fitsSinglePrecision(double value) {
		return Float.isFinite((float) value) && (value == 0 || (float) value != 0);
	}

	private static String singlePrecision(Object yaml) {
		return shown(yaml) + " does not fit single precision: a number other than 0 must have a size from 1.4e-45 to 3.4e38";
	}

	/** {@code boolean}. */
	record YesOrNo() implements SettingKind {

		@Override
		public String type() {
			return "true or false";
		}

		@Override
		public Object read(Object yaml, List<Object> path, Findings findings) {
			return yaml instanceof Boolean ? yaml : wrong(path, findings, "must be true or false, not " + shown(yaml));
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
		public Object read(Object yaml, List<Object> path, Findings findings) {
			if (yaml instanceof String) {
				return yaml;
			}
			return wrong(path, findings, "must be text, not " + shown(yaml)
					+ (yaml instanceof Map || yaml instanceof List ? "" : "; put it in quotes to make it text"));
		}

		@Override
		public Object toYaml(Object value) {
			return value;
		}
	}

	/** {@code double}. */
	record Real(Limits limits) implements SettingKind {

		@Override
		public String type() {
			return "number";
		}

		@Override
		public Object read(Object yaml, List<Object> path, Findings findings) {
			if (!(yaml instanceof Number number)) {
				return wrong(path, findings, "must be a number" + limits.inUnit() + ", not " + shown(yaml));
			}
			double value = number.doubleValue();
			if (!Double.isFinite(value)) {
				return wrong(path, findings, "must be a finite number " + limits.range(-LARGEST, LARGEST) + ", not "
						+ shown(yaml));
			}
			boolean rounded = yaml instanceof Long whole && ((long) value != whole || value == 0x1p63)
					|| yaml instanceof BigInteger big && !new java.math.BigDecimal(value).toBigInteger().equals(big);
			if (rounded) {
				return wrong(path, findings, shown(yaml) + " has more digits than a floating-point number can hold; the "
						+ "nearest one is " + number(value));
			}
			if (!limits.allow(value)) {
				return wrong(path, findings, "must be " + limits.range() + ", is " + shown(yaml));
			}
			if (!fitsSinglePrecision(value)) {
				return wrong(path, findings, "must be " + limits.range(-LARGEST, LARGEST) + "; "
						+ singlePrecision(yaml));
			}
			limits.doubt(value, path, findings);
			return value == 0 ? 0.0 : value; // −0.0 means 0.0 and must not give another canonical text
		}

		@Override
		public Object toYaml(Object value) {
			return value;
		}
	}

	/** {@code int} and {@code long}. */
	record Whole(boolean isLong, Limits limits) implements SettingKind {

		@Override
		public String type() {
			return "whole number";
		}

		@Override
		public Object read(Object yaml, List<Object> path, Findings findings) {
			if (!(yaml instanceof Number number)) {
				return wrong(path, findings, "must be a whole number" + limits.inUnit() + ", not " + shown(yaml));
			}
			long lowest = isLong ? Long.MIN_VALUE : Integer.MIN_VALUE;
			long highest = isLong ? Long.MAX_VALUE : Integer.MAX_VALUE;
			double near = number.doubleValue();
			if (Double.isNaN(near) || !Double.isInfinite(near) && yaml instanceof Double && near != Math.rint(near)) {
				return wrong(path, findings, "must be a whole number" + limits.inUnit() + ", not " + shown(yaml));
			}
			if (!limits.allow(near)) {
				return wrong(path, findings, "must be " + limits.range() + ", is " + shown(yaml));
			}
			if (near < lowest || near > highest || yaml instanceof BigInteger) {
				return wrong(path, findings, "must be from " + (limits.min() > lowest ? number(limits.min()) : lowest) + " to "
						+ (limits.max() < highest ? number(limits.max()) : highest) + limits.inUnit() + ", is " + shown(yaml));
			}
			if (yaml instanceof Double && Math.abs(near) >= 0x1p53) {
				return wrong(path, findings, "is too large to be exact when written as " + shown(yaml)
						+ "; write all digits of the whole number");
			}
			long value = number.longValue();
			limits.doubt(value, path, findings);
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
		public Object read(Object yaml, List<Object> path, Findings findings) {
			Object constant = yaml instanceof String name ? constants.get(name) : null;
			if (constant != null) {
				return constant;
			}
			String near = yaml instanceof String name
					? Spelling.nearest(name, constants.keySet()).map(n -> "; did you mean '" + n + "'?").orElse("")
					: "";
			return wrong(path, findings, "must be " + type() + ", not " + shown(yaml) + near);
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
		public Object read(Object yaml, List<Object> path, Findings findings) {
			if (!(yaml instanceof Map<?, ?> map)) {
				return wrong(path, findings, "must be a map with the keys " + String.join(", ", schema.keys()) + ", not "
						+ shown(yaml));
			}
			Bound bound = schema.bind(map, List.of(), findings.references());
			bound.problems().forEach(problem -> findings.problems().add(problem.under(path)));
			bound.warnings().forEach(warning -> findings.warnings().add(warning.under(path)));
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
				case Referred referred -> "list, each a " + referred.type();
			};
		}

		@Override
		public Object read(Object yaml, List<Object> path, Findings findings) {
			if (!(yaml instanceof List<?> list)) {
				return wrong(path, findings, "must be a " + type() + ", like [" + example() + "], not " + shown(yaml));
			}
			List<Object> values = new ArrayList<>();
			boolean complete = true;
			for (int i = 0; i < list.size(); i++) {
				List<Object> inner = new ArrayList<>(path);
				inner.add(i);
				Object value = list.get(i) == null
						? wrong(inner, findings, "is empty; a " + type() + " needs a value here")
						: element.read(list.get(i), inner, findings);
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
				case Referred referred -> "{id: …}, {id: …}";
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

	/** Another contribution. */
	record Referred(Class<?> kind) implements SettingKind {

		@Override
		public String type() {
			return "map: id, and the settings of a " + name();
		}

		private String name() {
			return kind.getSimpleName().toLowerCase(java.util.Locale.ROOT);
		}

		@Override
		public Object read(Object yaml, List<Object> path, Findings findings) {
			if (!(yaml instanceof Map<?, ?> map)) {
				return wrong(path, findings, "must be a map of a " + name() + "'s id and its settings, {id: …}, not " + shown(yaml));
			}
			List<SettingProblem> problems = new ArrayList<>();
			Reference<?> reference = findings.references().find(kind, map, problems);
			problems.forEach(problem -> findings.problems().add(problem.under(path)));
			return reference;
		}

		@Override
		public Object toYaml(Object value) {
			Reference<?> reference = (Reference<?>) value;
			Map<String, Object> yaml = new LinkedHashMap<>();
			yaml.put("id", reference.id());
			yaml.putAll(SettingsSchema.of(reference.settings().getClass()).toYaml(reference.settings()));
			return yaml;
		}
	}

	/** A value class with its own syntax. */
	record Written(String type, Method of) implements SettingKind {

		@Override
		public Object read(Object yaml, List<Object> path, Findings findings) {
			Object odd = oddNumber(yaml);
			if (odd != null) {
				return wrong(path, findings, "must be " + type + "; " + singlePrecision(odd));
			}
			try {
				Object value = of.invoke(null, yaml);
				return value != null ? value : wrong(path, findings, "must be " + type + ", not " + shown(yaml));
			} catch (InvocationTargetException e) {
				Throwable cause = e.getCause();
				if (cause instanceof Error error) {
					throw error;
				}
				return wrong(path, findings, cause instanceof IllegalArgumentException && cause.getMessage() != null
						? cause.getMessage()
						: "must be " + type + ", not " + shown(yaml) + " (" + cause + ")");
			} catch (IllegalAccessException e) {
				throw new IllegalStateException(of + " cannot be called", e);
			}
		}

		/** The first number in the value that does not fit single precision; null when there is none. */
		private static Object oddNumber(Object yaml) {
			return switch (yaml) {
				case Number number when !fitsSinglePrecision(number.doubleValue()) -> number;
				case List<?> list -> list.stream().map(Written::oddNumber).filter(odd -> odd != null).findFirst().orElse(null);
				case Map<?, ?> map -> oddNumber(new ArrayList<>(map.values()));
				case null, default -> null;
			};
		}

		@Override
		public Object toYaml(Object value) {
			return SettingsSchema.parse(value.toString());
		}
	}
}
