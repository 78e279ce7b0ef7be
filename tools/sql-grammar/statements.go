package main

import "strings"

// statement is the text of one statement, and the line of its file on which the text begins.
type statement struct {
	text string
	line int
}

// split divides a file at the semicolons that end its statements: those outside of literals, quoted
// names and comments. The parser itself stops at the first error, so a file is parsed statement
// by statement. Pieces that hold only comments are left out.
func split(file string) []statement {
	var statements []statement
	start, hasText := 0, false
	end := func(position int) {
		if hasText {
			statements = append(statements, trimmed(file, start, position))
		}
		start, hasText = position+1, false
	}
	for position := 0; position < len(file); position++ {
		rest := file[position:]
		switch {
		case isLineComment(rest):
			position += lengthUntil(rest, "\n") - 1
		case strings.HasPrefix(rest, "/*"):
			// A comment that TiDB executes, such as /*T! ... */, is text: it must parse.
			hasText = hasText || strings.HasPrefix(rest, "/*T!") || strings.HasPrefix(rest, "/*!")
			position += len("/*") + lengthUntil(rest[len("/*"):], "*/") - 1
		case strings.ContainsRune("'\"`", rune(rest[0])):
			hasText = true
			position += lengthOfQuoted(rest) - 1
		case rest[0] == ';':
			end(position)
		case !strings.ContainsRune(" \t\r\n", rune(rest[0])):
			hasText = true
		}
	}
	end(len(file))
	return statements
}

// isLineComment holds for '#', and for '--' before white space or the end of the file: MySQL reads
// '5--1' as a subtraction.
func isLineComment(text string) bool {
	if strings.HasPrefix(text, "#") || text == "--" {
		return true
	}
	return strings.HasPrefix(text, "--") && strings.ContainsRune(" \t\r\n", rune(text[2]))
}

// lengthUntil returns the length of text up to and with mark, or the whole length if mark is not
// in text.
func lengthUntil(text, mark string) int {
	if at := strings.Index(text, mark); at >= 0 {
		return at + len(mark)
	}
	return len(text)
}

// lengthOfQuoted returns the length of the literal or quoted name at the beginning of text, with
// its quotes. A doubled quote inside is seen as the end of one literal and the beginning of the
// next, which finds the same semicolons.
func lengthOfQuoted(text string) int {
	quote := text[0]
	for position := 1; position < len(text); position++ {
		switch {
		case text[position] == '\\' && quote != '`':
			position++
		case text[position] == quote:
			return position + 1
		}
	}
	return len(text)
}

// trimmed cuts white space off the beginning of file[start:end] and counts the line where the rest
// begins.
func trimmed(file string, start, end int) statement {
	text := strings.TrimLeft(file[start:end], " \t\r\n")
	begin := end - len(text)
	return statement{text: text, line: 1 + strings.Count(file[:begin], "\n")}
}
