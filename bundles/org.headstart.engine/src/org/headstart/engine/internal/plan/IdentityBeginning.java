package org.headstart.engine.internal.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The common beginning of many identities, hashed once. An identity is a text with one fact on each line, so that two steps'
 * texts can be compared line by line.
 */
final class IdentityBeginning {

	private final IdentityBeginning before;
	private final String own;
	private final long rootSeed;
	private final MessageDigest digest;

	IdentityBeginning(String text, long rootSeed) {
		before = null;
		own = text;
		this.rootSeed = rootSeed;
		try {
			digest = MessageDigest.getInstance("SHA-256");
		} catch (NoSuchAlgorithmException e) {
			throw new AssertionError("every Java platform has SHA-256", e);
		}
		digest.update(own.getBytes(StandardCharsets.UTF_8));
	}

	private IdentityBeginning(IdentityBeginning before, String more) {
		this.before = before;
		own = more;
		rootSeed = before.rootSeed;
		digest = before.hash(more);
	}

	IdentityBeginning with(String more) {
		return new IdentityBeginning(this, more);
	}

	/** The root of all randomness, which the rest of an identity names. */
	long rootSeed() {
		return rootSeed;
	}

	String text() {
		return before == null ? own : before.text() + own;
	}

	/** The hash of this beginning with further text. */
	String key(String more) {
		return HexFormat.of().formatHex(hash(more).digest(), 0, Step.KEY_DIGITS / 2);
	}

	private MessageDigest hash(String more) {
		try {
			MessageDigest longer = (MessageDigest) digest.clone();
			longer.update(more.getBytes(StandardCharsets.UTF_8));
			return longer;
		} catch (CloneNotSupportedException e) {
			throw new AssertionError("the platform's own digests can be copied", e);
		}
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof IdentityBeginning beginning && text().equals(beginning.text()) && rootSeed == beginning.rootSeed;
	}

	@Override
	public int hashCode() {
		return text().hashCode();
	}
}
