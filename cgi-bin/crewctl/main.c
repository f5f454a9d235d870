#include "crewctl.h"

int
main(int argc, char **argv)
{
	return crewctl_main(argc, argv);
}
