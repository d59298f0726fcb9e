package org.headstart.workbench.internal.editor;

import org.eclipse.jface.resource.ColorRegistry;
import org.eclipse.jface.text.TextAttribute;
import org.eclipse.jface.text.rules.EndOfLineRule;
import org.eclipse.jface.text.rules.ICharacterScanner;
import org.eclipse.jface.text.rules.IRule;
import org.eclipse.jface.text.rules.IToken;
import org.eclipse.jface.text.rules.RuleBasedScanner;
import org.eclipse.jface.text.rules.SingleLineRule;
import org.eclipse.jface.text.rules.Token;
import org.eclipse.swt.SWT;
import org.eclipse.ui.PlatformUI;

/** Colours the YAML of experiment files: comments, keys, strings, numbers. It works line by line, without state. */
final class YamlScanner extends RuleBasedScanner {

	/** The prefix of the ids of its colours. */
	static final String COLOURS = "org.headstart.workbench.colors.";
	static final String COMMENT = COLOURS + "comment";
	static final String KEY = COLOURS + "key";
	static final String STRING = COLOURS + "string";
	static final String NUMBER = COLOURS + "number";

	private final Token comment = new Token(null);
	private final Token key = new Token(null);
	private final Token string = new Token(null);
	private final Token number = new Token(null);

	YamlScanner() {
		colour();
		setRules(new IRule[] {new EndOfLineRule("#", comment), new SingleLineRule("\"", "\"", string, '\\'),
				new SingleLineRule("'", "'", string), new WordRule(key, number)});
	}

	/** Applies the present colours of the preferences and the theme. */
	void colour() {
		ColorRegistry colors = PlatformUI.getWorkbench().getThemeManager().getCurrentTheme().getColorRegistry();
		comment.setData(new TextAttribute(colors.get(COMMENT), null, SWT.ITALIC));
		key.setData(new TextAttribute(colors.get(KEY)));
		string.setData(new TextAttribute(colors.get(STRING)));
		number.setData(new TextAttribute(colors.get(NUMBER)));
	}

	/** A word is a key when a colon follows it, and a number when it parses as one. */
	private record WordRule(IToken key, IToken number) implements IRule {

		@Override
		public IToken evaluate(ICharacterScanner scanner) {
			StringBuilder word = new StringBuilder();
			int c = scanner.read();
			while (Character.isLetterOrDigit(c) || c == '-' || c == '.' || c == '_' || c == '+') {
				word.append((char) c);
				c = scanner.read();
			}
			if (word.isEmpty()) {
				scanner.unread();
				return Token.UNDEFINED;
			}
			scanner.unread();
			if (c == ':') {
				return key;
			}
			return isNumber(word) ? number : Token.WHITESPACE;
		}

		private static boolean isNumber(CharSequence word) {
			return word.toString().matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
		}
	}
}
