package org.headstart.api.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The YAML syntax of a value class. Such a class has a public static {@code of(Object)} that takes the YAML parser's value
 * (String, Boolean, Long, Double, List, Map) and throws {@code IllegalArgumentException} with a message for the user. Its
 * {@code toString} is canonical: it gives equal texts for equal values, and {@code of} makes an equal value from the text
 * read as YAML.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface SettingSyntax {

	/** @return the syntax, for people, for example {@code "number | [low, high]"} */
	String value();
}
