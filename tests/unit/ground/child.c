#include "child.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

struct child
child_run(int (*work)(void *), void *argument)
{
	struct child child = { 0 };
	int ends[2];
	ssize_t length;
	pid_t process;

	if (pipe(ends) != 0 || (process = fork()) < 0) {
		abort();
	}
	if (process == 0) {
		dup2(ends[1], STDERR_FILENO);
		close(ends[0]);
		close(ends[1]);
		_exit(work(argument));
	}
	close(ends[1]);
	do {
		length = read(
		    ends[0], child.errors + child.length, sizeof(child.errors) - 1 - child.length);
		child.length += length > 0 ? (size_t)length : 0;
	} while (length > 0);
	close(ends[0]);
	if (waitpid(process, &child.status, 0) != process) {
		abort();
	}
	return child;
}

int
child_exit(const struct child *child)
{
	return WIFEXITED(child->status) ? WEXITSTATUS(child->status) : -1;
}

int
child_signal(const struct child *child)
{
	return WIFSIGNALED(child->status) ? WTERMSIG(child->status) : 0;
}
