package org.headstart.api.settings;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;

import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * The schema of a settings record: its keys, types, defaults, ranges and documentation. It reads settings from YAML and
 * writes them back. Immutable and thread-safe.
 */
public final class SettingsSchema {

	/** A ClassValue does not keep a bundle's classes alive after the bundle is gone. */
	private static final ClassValue<SettingsSchema> SCHEMAS = new ClassValue<>() {
		@Override
		protected SettingsSchema computeValue(Class<?> type) {
			return new SettingsSchema(type.asSubclass(Record.class));
		}
	};

	/**
	 * Records whose schema is being made, outermost first. They reveal a record that contains itself, which would give an
	 * endless recursion.
	 */
	private static final ThreadLocal<Set<Class<?>>> UNDER_WAY = ThreadLocal.withInitial(LinkedHashSet::new);

	/**
	 * The result of reading settings.
	 *
	 * @param settings the record; null when there are problems
	 * @param problems errors, in the order of the components
	 * @param warnings allowed and implausible values, in the order of the components
	 */
	public record Bound(Record settings, List<SettingProblem> problems, List<SettingProblem> warnings) {

		/** Defensive copies. */
		public Bound {
			problems = List.copyOf(problems);
			warnings = List.copyOf(warnings);
		}
	}

	private record Component(String key, SettingKind kind, Setting setting, Method accessor) {

		Object value(Record settings) {
			try {
				return accessor.invoke(settings);
			} catch (ReflectiveOperationException e) {
				throw new IllegalArgumentException(accessor + " failed", e);
			}
		}

		boolean required() {
			return setting.byDefault().equals(Setting.REQUIRED);
		}
	}

	private final Class<? extends Record> type;
	private final Constructor<? extends Record> constructor;
	private final Map<String, Component> components = new LinkedHashMap<>();
	private final List<SettingEntry> entries = new ArrayList<>();

	/**
	 * The schema of a settings record.
	 *
	 * @param type the record's class
	 * @return its schema, always the same object
	 * @throws IllegalArgumentException when a component has no {@link Setting}, an unsupported type, or a default that does
	 *                                  not fit; the message names the record and the component
	 */
	public static SettingsSchema of(Class<? extends Record> type) {
		return SCHEMAS.get(type);
	}

	private SettingsSchema(Class<? extends Record> type) {
		this.type = type;
		Set<Class<?>> underWay = UNDER_WAY.get();
		if (!underWay.add(type)) {
			throw new IllegalArgumentException("settings record " + type.getName() + " contains itself");
		}
		try {
			RecordComponent[] declared = type.getRecordComponents();
			for (RecordComponent component : declared) {
				add(component);
			}
			constructor = type.getDeclaredConstructor(
					java.util.Arrays.stream(declared).map(RecordComponent::getType).toArray(Class<?>[]::new));
			constructor.setAccessible(true);
		} catch (NoSuchMethodException e) {
			throw new AssertionError("every record has a canonical constructor", e);
		} finally {
			underWay.remove(type);
		}
		// the contribution that the setting refers to is not known here
		if (components.values().stream().noneMatch(Component::required) && !refers()) {
			for (SettingProblem problem : bind(Map.of(), List.of()).problems()) {
				throw new IllegalArgumentException(
						"the defaults of settings record " + type.getName() + " do not fit together: " + problem.message());
			}
		}
	}

	/** Whether a setting refers to a contribution. */
	private boolean refers() {
		return components.values().stream().anyMatch(component -> refers(component.kind()));
	}

	private static boolean refers(SettingKind kind) {
		return switch (kind) {
			case SettingKind.Referred referred -> true;
			case SettingKind.ListOf list -> refers(list.element());
			case SettingKind.Group group -> group.schema().refers();
			default -> false;
		};
	}

	private void add(RecordComponent declared) {
		String where = "settings record " + type.getName() + ", component '" + declared.getName() + "': ";
		Setting setting = declared.getAnnotation(Setting.class);
		if (setting == null) {
			throw new IllegalArgumentException(where + "has no @Setting");
		}
		if (setting.value().isBlank()) {
			throw new IllegalArgumentException(where + "its @Setting has no documentation");
		}
		if (!(setting.min() <= setting.max())) {
			throw new IllegalArgumentException(where + "min " + setting.min() + " is above max " + setting.max());
		}
		SettingKind kind;
		try {
			kind = kind(declared.getGenericType(), setting);
		} catch (IllegalArgumentException e) {
			throw new IllegalArgumentException(where + e.getMessage(), e);
		}
		if (!(setting.plausibleMin() <= setting.plausibleMax())) {
			throw new IllegalArgumentException(
					where + "plausibleMin " + setting.plausibleMin() + " is above plausibleMax " + setting.plausibleMax());
		}
		boolean limited = DoubleStream.of(setting.min(), setting.max(), setting.plausibleMin(), setting.plausibleMax())
				.anyMatch(limit -> !Double.isInfinite(limit));
		if (!isNumeric(kind) && limited) {
			throw new IllegalArgumentException(where + "min and max are for numbers, not for a " + kind.type());
		}
		Method accessor = declared.getAccessor();
		accessor.setAccessible(true);
		Component component = new Component(kebabCase(declared.getName()), kind, setting, accessor);
		if (!component.required()) {
			checkDefault(component, where);
		}
		if (components.put(component.key(), component) != null) {
			throw new IllegalArgumentException(where + "its key '" + component.key() + "' is taken by another component");
		}
		entries.add(new SettingEntry(component.key(), kind.type(),
				component.required() ? Optional.empty() : Optional.of(setting.byDefault()), setting.unit(), setting.min(),
				setting.max(), setting.plausibleMin(), setting.plausibleMax(), choices(kind), nested(kind), setting.value()));
	}

	private static void checkDefault(Component component, String where) {
		Object yaml;
		String text = component.setting().byDefault();
		try {
			yaml = parse(text);
		} catch (IllegalArgumentException e) {
			throw new IllegalArgumentException(where + "its default is not YAML: " + e.getMessage(), e);
		}
		SettingKind.Findings findings = new SettingKind.Findings((kind, map, problems) -> null);
		if (yaml == null) {
			throw new IllegalArgumentException(where + "its default is empty; write \"''\" for an empty text");
		}
		component.kind().read(yaml, List.of(), findings);
		findings.problems().addAll(findings.warnings());
		for (SettingProblem problem : findings.problems()) {
			throw new IllegalArgumentException(where + "its default " + text + " does not fit: "
					+ (problem.path().isEmpty() ? "" : problem.key() + " ") + problem.message());
		}
	}

	private static SettingKind kind(Type type, Setting setting) {
		if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
			return new SettingKind.ListOf(kind(generic.getActualTypeArguments()[0], setting));
		}
		if (type instanceof ParameterizedType generic && generic.getRawType() == Reference.class) {
			Type referred = generic.getActualTypeArguments()[0];
			return new SettingKind.Referred((Class<?>) (referred instanceof ParameterizedType inner ? inner.getRawType() : referred));
		}
		if (type == boolean.class || type == Boolean.class) {
			return new SettingKind.YesOrNo();
		}
		if (type == String.class) {
			return new SettingKind.Text();
		}
		if (type == double.class || type == Double.class) {
			return new SettingKind.Real(SettingKind.Limits.of(setting));
		}
		if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
			return new SettingKind.Whole(type == long.class || type == Long.class, SettingKind.Limits.of(setting));
		}
		if (type instanceof Class<?> c && c.isAnnotationPresent(SettingSyntax.class)) {
			return new SettingKind.Written(c.getAnnotation(SettingSyntax.class).value(), reader(c));
		}
		if (type instanceof Class<?> c && c.isEnum()) {
			return SettingKind.Choice.of(c);
		}
		if (type instanceof Class<?> c && c.isRecord()) {
			return new SettingKind.Group(of(c.asSubclass(Record.class)));
		}
		throw new IllegalArgumentException("its type " + type.getTypeName() + " is not supported; settings may be boolean, int, "
				+ "long, double, String, an enum, a settings record, a Reference, a List of these, or a class with @SettingSyntax");
	}

	private static Method reader(Class<?> type) {
		try {
			Method of = type.getDeclaredMethod("of", Object.class);
			if (Modifier.isStatic(of.getModifiers()) && Modifier.isPublic(of.getModifiers())
					&& type.isAssignableFrom(of.getReturnType())) {
				of.setAccessible(true);
				return of;
			}
		} catch (NoSuchMethodException e) {
			// reported below, with the expected signature
		}
		throw new IllegalArgumentException("its type " + type.getName() + " has @SettingSyntax, but no 'public static "
				+ type.getSimpleName() + " of(Object)'");
	}

	private static boolean isNumeric(SettingKind kind) {
		return switch (kind) {
			case SettingKind.Real real -> true;
			case SettingKind.Whole whole -> true;
			case SettingKind.ListOf list -> isNumeric(list.element());
			default -> false;
		};
	}

	private static List<String> choices(SettingKind kind) {
		return switch (kind) {
			case SettingKind.Choice choice -> List.copyOf(choice.constants().keySet());
			case SettingKind.YesOrNo yes -> List.of("true", "false");
			case SettingKind.ListOf list -> choices(list.element());
			default -> List.of();
		};
	}

	private static Optional<SettingsSchema> nested(SettingKind kind) {
		return switch (kind) {
			case SettingKind.Group group -> Optional.of(group.schema());
			case SettingKind.ListOf list -> nested(list.element());
			default -> Optional.empty();
		};
	}

	/** {@code learningRate} is {@code learning-rate}, {@code maxKL} is {@code max-kl}. */
	private static String kebabCase(String name) {
		return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").replaceAll("([A-Z]+)([A-Z][a-z])", "$1-$2")
				.toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** Reads a piece of YAML (a default, a value class's text) by the rules of experiment files: YAML 1.2, core schema. */
	static Object parse(String yaml) {
		try {
			return widened(new Load(LoadSettings.builder().setSchema(new CoreSchema()).setAllowDuplicateKeys(false).build())
					.loadFromString(yaml));
		} catch (YamlEngineException e) {
			throw new IllegalArgumentException("'" + Spelling.shorten(yaml) + "': " + e.getMessage(), e);
		}
	}

	/** The parser gives small whole numbers as Integer; settings use only Long. */
	private static Object widened(Object yaml) {
		return switch (yaml) {
			case Integer whole -> whole.longValue();
			case List<?> list -> list.stream().map(SettingsSchema::widened).toList();
			case Map<?, ?> map -> {
				Map<String, Object> wide = new LinkedHashMap<>();
				map.forEach((key, value) -> wide.put(String.valueOf(key), widened(value)));
				yield wide;
			}
			case null, default -> yaml;
		};
	}

	/** @return the record's class */
	public Class<? extends Record> type() {
		return type;
	}

	/** @return the settings in the record's order */
	public List<SettingEntry> entries() {
		return List.copyOf(entries);
	}

	/** @return the keys in the record's order */
	public List<String> keys() {
		return List.copyOf(components.keySet());
	}

	/**
	 * Reads settings.
	 *
	 * @param yaml keys and values, as given by a YAML parser: String, Boolean, Long, Double, List, Map
	 * @return the record, or all problems
	 */
	public Bound bind(Map<String, Object> yaml) {
		return bind(yaml, List.of());
	}

	/**
	 * Reads settings from a map that also has other keys.
	 *
	 * @param yaml    keys and values, as given by a YAML parser
	 * @param besides the other keys; they are ignored, and suggested when a key is unknown
	 * @return the record, or all problems
	 */
	public Bound bind(Map<?, ?> yaml, Collection<String> besides) {
		return bind(yaml, besides, References.NONE);
	}

	/**
	 * Reads settings that may refer to contributions.
	 *
	 * @param yaml       keys and values, as given by a YAML parser
	 * @param besides    keys that do not belong to these settings
	 * @param references finds the contributions to which settings refer
	 * @return the record, or all problems
	 */
	public Bound bind(Map<?, ?> yaml, Collection<String> besides, References references) {
		SettingKind.Findings findings = new SettingKind.Findings(references);
		List<SettingProblem> problems = findings.problems();
		Object[] values = new Object[components.size()];
		int next = 0;
		for (Component component : components.values()) {
			values[next++] = read(component, yaml, findings);
		}
		Set<String> known = new LinkedHashSet<>(besides);
		known.addAll(components.keySet());
		for (Object key : yaml.keySet()) {
			String name = String.valueOf(key);
			if (!known.contains(name)) {
				problems.add(new SettingProblem(List.of(name), Spelling.unknown("key", name, known)));
			}
		}
		if (!problems.isEmpty()) {
			return new Bound(null, problems, findings.warnings());
		}
		try {
			return new Bound(constructor.newInstance(values), problems, findings.warnings());
		} catch (InvocationTargetException e) {
			if (e.getCause() instanceof Error error) {
				throw error;
			}
			String message = e.getCause() instanceof IllegalArgumentException && e.getCause().getMessage() != null
					? e.getCause().getMessage()
					: "these settings are refused by " + type.getName() + ": " + e.getCause();
			return new Bound(null, List.of(new SettingProblem(List.of(), message)), findings.warnings());
		} catch (ReflectiveOperationException e) {
			throw new IllegalStateException(type.getName() + " cannot be made", e);
		}
	}

	private static Object read(Component component, Map<?, ?> yaml, SettingKind.Findings findings) {
		Object value = yaml.get(component.key());
		List<Object> path = List.of(component.key());
		if (value == null && yaml.containsKey(component.key())) {
			findings.problems().add(new SettingProblem(path, "is empty; it needs a value: " + component.kind().type()));
			return null;
		}
		if (value == null && component.required()) {
			findings.problems().add(new SettingProblem(path, "is missing; it needs a value: " + component.kind().type() + " – "
					+ component.setting().value()));
			return null;
		}
		return component.kind().read(value != null ? value : parse(component.setting().byDefault()), path, findings);
	}

	/**
	 * Writes settings completely and in the record's order, so that equal settings give equal maps.
	 *
	 * @param settings a record of this schema's type
	 * @return keys and values, for {@link #bind}
	 */
	public Map<String, Object> toYaml(Record settings) {
		Map<String, Object> yaml = new LinkedHashMap<>();
		for (Component component : components.values()) {
			yaml.put(component.key(), component.kind().toYaml(component.value(settings)));
		}
		return yaml;
	}

	/**
	 * The contributions to which settings refer, directly or through other references.
	 *
	 * @param settings a record of this schema's type
	 * @return the references, in the record's order
	 */
	public List<Reference<?>> references(Record settings) {
		List<Reference<?>> found = new ArrayList<>();
		visit(settings, value -> {
			if (value instanceof Reference<?> reference) {
				found.add(reference);
			}
		});
		return found;
	}

	/**
	 * The files that settings and the settings of their references name.
	 *
	 * @param settings a record of this schema's type
	 * @return the files, in the record's order
	 */
	public List<DataFile> files(Record settings) {
		List<DataFile> found = new ArrayList<>();
		visit(settings, value -> {
			if (value instanceof DataFile file) {
				found.add(file);
			}
		});
		return found;
	}

	/** Calls a visitor with each single value: elements of lists, values of inner settings, references and the values in their settings. */
	private static void visit(SettingKind kind, Object value, Consumer<Object> visitor) {
		switch (kind) {
			case SettingKind.ListOf list -> ((List<?>) value).forEach(each -> visit(list.element(), each, visitor));
			case SettingKind.Group group -> group.schema().visit((Record) value, visitor);
			case SettingKind.Referred referred -> {
				visitor.accept(value);
				Record settings = ((Reference<?>) value).settings();
				of(settings.getClass()).visit(settings, visitor);
			}
			default -> visitor.accept(value);
		}
	}

	private void visit(Record settings, Consumer<Object> visitor) {
		components.values().forEach(component -> visit(component.kind(), component.value(settings), visitor));
	}

	/**
	 * Writes settings as one line of YAML. Equal settings give equal texts, different settings different texts.
	 *
	 * @param settings a record of this schema's type
	 * @return the text
	 */
	public String canonical(Record settings) {
		StringBuilder text = new StringBuilder();
		write(toYaml(settings), text);
		return text.toString();
	}

	/**
	 * A setting's value for people, in one line of YAML: {@code 3e-4}, {@code [64, 64]}, {@code last}.
	 *
	 * @param yaml a value from {@link #toYaml}
	 * @return the text; equal values give equal text
	 */
	public static String shown(Object yaml) {
		if (yaml instanceof Double number) {
			return SettingKind.number(number);
		}
		StringBuilder text = new StringBuilder();
		write(yaml, text);
		return text.toString();
	}

	private static void write(Object yaml, StringBuilder text) {
		switch (yaml) {
			case Map<?, ?> map -> {
				String separator = "{";
				for (Map.Entry<?, ?> entry : map.entrySet()) {
					text.append(separator);
					write(String.valueOf(entry.getKey()), text);
					text.append(": ");
					write(entry.getValue(), text);
					separator = ", ";
				}
				text.append(map.isEmpty() ? "{}" : "}");
			}
			case List<?> list -> {
				String separator = "[";
				for (Object element : list) {
					text.append(separator);
					write(element, text);
					separator = ", ";
				}
				text.append(list.isEmpty() ? "[]" : "]");
			}
			case String string -> writeText(string, text);
			case null -> text.append("null");
			default -> text.append(yaml);
		}
	}

	private static void writeText(String string, StringBuilder text) {
		boolean plain = string.matches("[A-Za-z][A-Za-z0-9_/-]*") && parse(string) instanceof String;
		if (plain) {
			text.append(string);
			return;
		}
		text.append('"');
		for (char c : string.toCharArray()) {
			switch (c) {
				case '"' -> text.append("\\\"");
				case '\\' -> text.append("\\\\");
				default -> {
					if (c < 0x20 || c >= 0x7F) {
						text.append(String.format("\\u%04x", (int) c));
					} else {
						text.append(c);
					}
				}
			}
		}
		text.append('"');
	}

	@Override
	public String toString() {
		return "settings " + type.getName() + " " + components.keySet();
	}
}
