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
 * {@link SettingSyntax} (it takes the YAML value and throws {@code IllegalArgumentException}).
 *
 * <p>Networks, observations and rewards have single precision. So a number with a fraction must be 0 or have a size from
 * 1.4e-45 to 3.4e38; numbers that would silently become infinite or 0 are refused.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

	/** @return one line of documentation */
	String value();

	/** @return the default, written as in YAML; a setting without a default is required */
	String byDefault() default REQUIRED;

	/** @return the unit, for example {@code "steps"} or {@code "m/s²"}; empty for a pure number */
	String unit() default "";

	/** @return the lowest allowed value, for numbers */
	double min() default Double.NEGATIVE_INFINITY;

	/** @return the highest allowed value, for numbers */
	double max() default Double.POSITIVE_INFINITY;

	/** @return the lowest plausible value; a value from {@link #min} to below it gives a warning */
	double plausibleMin() default Double.NEGATIVE_INFINITY;

	/**
	 * The highest plausible value: the highest in published work, with a wide margin. It catches typing errors, such as a
	 * learning rate of 1e9, before they cost a run; it is not a recommendation.
	 *
	 * @return the value; a value above it, up to {@link #max}, gives a warning
	 */
	double plausibleMax() default Double.POSITIVE_INFINITY;

	/** Marks a setting without a default. */
	String REQUIRED = "\0required";
}
