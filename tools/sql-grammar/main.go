// Command sql-grammar parses files of SQL with TiDB's own parser.
//
// It prints one line per statement that does not parse, with the file and the line of the error.
// The exit status is 0 if every statement parses, 1 if one does not, and 2 if a file cannot be
// read or holds no statement.
package main

import (
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"

	"github.com/pingcap/tidb/pkg/parser"
	// The parser needs an implementation of literals and of the parameter marker '?'. This one is
	// the parser's own, for programs that do not run statements.
	_ "github.com/pingcap/tidb/pkg/parser/test_driver"
)

const (
	everyStatementParses = 0
	statementIsWrong     = 1
	nothingToCheck       = 2
)

// placeOfError is the place that the parser writes into the text of an error.
var placeOfError = regexp.MustCompile(`line (\d+) column \d+ `)

func main() {
	os.Exit(check(os.Args[1:], os.Stdout, os.Stderr))
}

// check parses every file, also after an error, and returns the exit status.
func check(files []string, out, problems io.Writer) int {
	if len(files) == 0 {
		fmt.Fprintln(problems, "usage: go run . FILE...")
		return nothingToCheck
	}
	status := everyStatementParses
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			fmt.Fprintln(problems, err)
			return nothingToCheck
		}
		statements := split(string(content))
		if len(statements) == 0 {
			fmt.Fprintf(problems, "%s: no statement\n", file)
			return nothingToCheck
		}
		for _, wrong := range errorsIn(statements) {
			fmt.Fprintf(out, "%s:%s\n", file, wrong)
			status = statementIsWrong
		}
	}
	return status
}

// errorsIn returns "line: error" for each statement that does not parse.
func errorsIn(statements []statement) []string {
	sql := parser.New()
	var wrong []string
	for _, each := range statements {
		// As many empty lines as precede the statement in its file, so that the parser counts
		// the lines of the file.
		text := strings.Repeat("\n", each.line-1) + each.text
		if _, _, err := sql.Parse(text, "", ""); err != nil {
			wrong = append(wrong, describe(each, err))
		}
	}
	return wrong
}

func describe(wrong statement, err error) string {
	line := fmt.Sprint(wrong.line)
	if place := placeOfError.FindStringSubmatch(err.Error()); place != nil {
		line = place[1]
	}
	return line + ": " + strings.Join(strings.Fields(err.Error()), " ")
}
