package org.headstart.api.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Documents one component of a settings record. The record is the only source for the experiment file's keys, their
 * validation, the proposals of the workbench's editor and {@code headstart describe}.
 *
 * <p>The key is the component's name in kebab case: {@code learningRate} is {@code learning-rate}. Types: {@code boolean},
 * {@code int}, {@code long}, {@code double}, {@code String}, enums (constants in lower kebab case), other settings records,
 * {@code List} of these, and any class with a public static {@code T of(Object)} that is annotated with
 * {@link SettingSyntax} (it takes what the YAML says and throws {@code IllegalArgumentException}).
 *
 * <p>Networks, observations and rewards are of single precision, so every number that is not whole must be 0 or have a size from
 * 1.4e-45 to 3.4e38: what would silently become infinite or 0 is refused.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

	/** @return one line of documentation */
	String value();

	/** @return the default, as one would write it in YAML; a setting without one must be given */
	String byDefault() default REQUIRED;

	/** @return the unit, for example {@code "steps"} or {@code "m/s²"}; empty for a pure number */
	String unit() default "";

	/** @return the lowest value that is allowed, for numbers */
	double min() default Double.NEGATIVE_INFINITY;

	/** @return the highest value that is allowed, for numbers */
	double max() default Double.POSITIVE_INFINITY;

	/** @return the lowest value that makes sense; below it, and not below {@link #min}, there is a warning */
	double plausibleMin() default Double.NEGATIVE_INFINITY;

	/**
	 * The highest value that makes sense: what published work uses, with a wide margin. It stops a slip of the pen, such as a
	 * learning rate of 1e9, from costing a run; it is no advice.
	 *
	 * @return the value; above it, and not above {@link #max}, there is a warning
	 */
	double plausibleMax() default Double.POSITIVE_INFINITY;

	/** Marks a setting without a default. */
	String REQUIRED = "\0required";
}
