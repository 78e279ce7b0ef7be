package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAcceptsWhatTidbParses(t *testing.T) {
	out, status := run(t, `
		SELECT stock FROM items WHERE id = ?; -- a comment; with a semicolon
		INSERT INTO items (name) VALUES ('a;b'), ("it''s \"; x"), ('it\'s;');
		# another; comment
		/* one; more */
		ALTER TABLE stock_moves SET TIFLASH REPLICA 1;
		CREATE TABLE t (id BIGINT PRIMARY KEY /*T![clustered_index] CLUSTERED */);
		SELECT /*+ READ_FROM_STORAGE(TIFLASH[t]) */ 5--1, 'the last has no semicolon' FROM t`)
	if status != everyStatementParses || out != "" {
		t.Errorf("status %d, printed: %s", status, out)
	}
}

func TestFindsEachWrongStatementAtItsLine(t *testing.T) {
	out, status := run(t, "SELECT 1;\n-- two lines\nSELECT 'a\n;b'\nFROM WHERE;\nSELECT 2;\nSELEC 3;\n")
	if status != statementIsWrong {
		t.Errorf("status %d", status)
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 2 || !strings.Contains(lines[0], "wrong.sql:5: ") ||
		!strings.Contains(lines[1], "wrong.sql:7: ") {
		t.Errorf("printed: %s", out)
	}
}

func TestFindsAnExecutableCommentThatIsWrong(t *testing.T) {
	if out, status := run(t, "CREATE TABLE t (id INT PRIMARY KEY /*T![clustered_index] CLUSTRED */)"); status != statementIsWrong {
		t.Errorf("status %d, printed: %s", status, out)
	}
}

func TestRefusesAFileWithoutStatements(t *testing.T) {
	if out, status := run(t, "-- nothing;\n/* here; */ ;"); status != nothingToCheck {
		t.Errorf("status %d, printed: %s", status, out)
	}
}

func TestRefusesAFileThatIsNotThere(t *testing.T) {
	var out, problems strings.Builder
	status := check([]string{filepath.Join(t.TempDir(), "absent.sql")}, &out, &problems)
	if status != nothingToCheck || !strings.Contains(problems.String(), "absent.sql") {
		t.Errorf("status %d, printed: %s", status, problems.String())
	}
}

func run(t *testing.T, sql string) (string, int) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "wrong.sql")
	if err := os.WriteFile(file, []byte(sql), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, problems strings.Builder
	status := check([]string{file}, &out, &problems)
	return out.String() + problems.String(), status
}
