package org.headstart.api.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says how a value class is written in YAML. Such a class has a public static {@code of(Object)} that takes what the YAML
 * parser gives (String, Boolean, Long, Double, List, Map) and throws {@code IllegalArgumentException} with a message for the
 * user; its {@code toString} is canonical: equal values, equal text; and it is YAML that {@code of} makes an equal value from.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface SettingSyntax {

	/** @return the syntax, for people, for example {@code "number | [low, high]"} */
	String value();
}
