package org.headstart.runtime.internal;

import java.util.function.Supplier;

/** Computes a value when it is first asked for and keeps it. A failure is not kept: the next call tries again. Thread-safe. */
final class Once<T> implements Supplier<T> {

	private final Supplier<? extends T> source;
	private volatile T value;

	Once(Supplier<? extends T> source) {
		this.source = source;
	}

	@Override
	public T get() {
		if (value == null) {
			synchronized (this) {
				if (value == null) {
					value = source.get();
				}
			}
		}
		return value;
	}
}
